package io.steadyline.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.signal.CallId;
import io.steadyline.signal.CallState;
import io.steadyline.testkit.Seeds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RecentSecondsTest {

    private static final CallId CALL = new CallId("CA1");

    private final SecondsStore store = new SecondsStore();

    @Test
    void shouldBeEmptyAtFirst() {
        RecentSeconds seconds = new RecentSeconds(CALL, 3, store);
        assertThat(seconds.all()).isEmpty();
        assertThat(seconds.last()).isEmpty();
    }

    @Test
    void shouldRefuseToKeepNothing() {
        assertThatThrownBy(() -> new RecentSeconds(CALL, 0, store))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("most: 0 (expected: 1 or more)");
    }

    /** Against a queue of the records themselves: every number of every second comes back as it was. */
    @Test
    void shouldAgreeWithAQueueOfRecords() {
        Seeds.forEach(60, (seed, random) -> {
            int most = 1 + random.nextInt(130);
            RecentSeconds seconds = new RecentSeconds(CALL, most, store);
            Deque<CallSecond> model = new ArrayDeque<>();
            for (int i = 0; i < 300; i++) {
                CallSecond second = any(i, random);
                seconds.add(second);
                model.addLast(second);
                if (model.size() > most) {
                    model.removeFirst();
                }
                assertThat(seconds.last()).isEqualTo(Optional.of(second));
                if (random.nextInt(20) == 0) {
                    assertThat(seconds.all()).isEqualTo(List.copyOf(model));
                }
            }
            assertThat(seconds.all()).isEqualTo(List.copyOf(model));
        });
    }

    @Test
    void shouldGiveItsCellsBackWhenItIsForgotten() {
        Seeds.forEach(5, (seed, random) -> {
            RecentSeconds seconds = new RecentSeconds(CALL, 120, store);
            for (int i = 0; i < 100; i++) {
                seconds.add(any(i, random));
            }
            assertThat(store.taken()).isEqualTo(13);

            seconds.forget();
            seconds.forget();
            seconds.add(any(100, random));

            assertThat(store.taken()).isZero();
            assertThat(seconds.all()).isEmpty();
            assertThat(seconds.last()).isEmpty();
        });
    }

    /** As of many calls that come and go: what one has written is not seen by the next one on the same cells. */
    @Test
    void shouldNotShowTheSecondsOfACallThatIsForgotten() {
        Seeds.forEach(20, (seed, random) -> {
            RecentSeconds one = new RecentSeconds(CALL, 20, store);
            RecentSeconds other = new RecentSeconds(CALL, 20, store);
            List<CallSecond> told = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                one.add(any(i, random));
                if (i == 10) {
                    one.forget();
                }
                CallSecond second = any(i, random);
                other.add(second);
                told.add(second);
            }
            assertThat(other.all()).isEqualTo(told);
            other.forget();
            assertThat(store.taken()).isZero();
        });
    }

    @Test
    void shouldKeepACountThatIsTooLargeAsTheLargest() {
        RecentSeconds seconds = new RecentSeconds(CALL, 1, store);
        RxSecond rx = new RxSecond(RxMode.NORMAL, 0, 0, 0, Long.MAX_VALUE, 0, 0, 0, 0, 0, 0, 0);
        TxSecond tx = new TxSecond(0, 0, 0, 0, false, 0, 0, 0);
        seconds.add(new CallSecond(CALL, 0, 0, CallState.ACTIVE, rx, tx, 0));
        assertThat(seconds.all()).extracting(second -> second.rx().drops()).containsExactly((long) Integer.MAX_VALUE);
    }

    private static CallSecond any(int number, RandomGenerator random) {
        RxSecond rx = new RxSecond(
                RxMode.valueOf(random.nextBoolean() ? "NORMAL" : "DRAIN"),
                random.nextDouble(60),
                random.nextInt(200),
                random.nextInt(200),
                random.nextInt(200),
                random.nextDouble(),
                random.nextInt(Integer.MAX_VALUE),
                random.nextInt(200),
                random.nextInt(200),
                random.nextInt(200),
                random.nextInt(200),
                random.nextDouble(1000));
        TxSecond tx = new TxSecond(
                random.nextDouble(60),
                random.nextInt(120),
                random.nextInt(200),
                random.nextInt(200),
                random.nextBoolean(),
                random.nextInt(144),
                random.nextDouble(),
                random.nextInt(3));
        List<CallState> states = List.of(CallState.values());
        CallState state = states.get(random.nextInt(states.size()));
        return new CallSecond(CALL, number, random.nextLong(), state, rx, tx, random.nextDouble());
    }
}
