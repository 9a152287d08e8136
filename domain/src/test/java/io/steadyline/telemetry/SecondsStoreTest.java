package io.steadyline.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecondsStoreTest {

    @Test
    void shouldUseAgainWhatWasGivenBack() {
        SecondsStore store = new SecondsStore();
        int first = store.take();
        int second = store.take();
        assertThat(second).isNotEqualTo(first);

        store.giveBack(first);

        assertThat(store.taken()).isEqualTo(1);
        assertThat(store.take()).isEqualTo(first);
        assertThat(store.taken()).isEqualTo(2);
    }

    /** More than an array of them, taken and given back at random: what is written in one is in no other. */
    @Test
    void shouldKeepTheCellsApart() {
        Seeds.forEach(5, (seed, random) -> {
            SecondsStore store = new SecondsStore();
            List<Integer> taken = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                if (random.nextInt(3) > 0) {
                    int cell = store.take();
                    assertThat(store.array(cell)[SecondsStore.start(cell)])
                            .as("in use by another")
                            .isNotPositive();
                    fill(store, cell, cell + 1);
                    taken.add(cell);
                } else if (!taken.isEmpty()) {
                    int cell = taken.remove(/* index */ random.nextInt(taken.size()));
                    assertHolds(store, cell, cell + 1);
                    fill(store, cell, -1);
                    store.giveBack(cell);
                }
            }
            assertThat(store.taken()).isEqualTo(taken.size());
            taken.forEach(cell -> assertHolds(store, cell, cell + 1));
        });
    }

    private static void fill(SecondsStore store, int cell, int number) {
        int start = SecondsStore.start(cell);
        for (int i = 0; i < SecondsStore.CELL_NUMBERS; i++) {
            store.array(cell)[start + i] = number;
        }
    }

    private static void assertHolds(SecondsStore store, int cell, int number) {
        int[] array = store.array(cell);
        int start = SecondsStore.start(cell);
        for (int i = 0; i < SecondsStore.CELL_NUMBERS; i++) {
            if (array[start + i] != number) {
                assertThat(array[start + i]).as("number %d of cell %d", i, cell).isEqualTo(number);
            }
        }
    }
}
