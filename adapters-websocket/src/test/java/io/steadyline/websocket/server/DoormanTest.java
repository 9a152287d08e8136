package io.steadyline.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class DoormanTest {

    private final Queue<Runnable> rounds = new ArrayDeque<>();
    private final List<Integer> inside = new ArrayList<>();
    private final Doorman doorman = new Doorman((delayMs, round) -> rounds.add(round));

    @Test
    void shouldLetInAtOnceWhoComesAlone() {
        doorman.onArrival(() -> inside.add(1));
        assertThat(inside).containsExactly(1);
        rounds.remove().run();
        doorman.onArrival(() -> inside.add(2));
        assertThat(inside).containsExactly(1, 2);
    }

    @Test
    void shouldLetOthersWaitForTheNextRoundWhenOneTakesLong() {
        for (int number = 1; number <= 3; number++) {
            doorman.onArrival(slowly(number));
        }
        assertThat(inside).containsExactly(1);
        rounds.remove().run();
        assertThat(inside).containsExactly(1, 2);
        rounds.remove().run();
        assertThat(inside).containsExactly(1, 2, 3);
    }

    @Test
    void shouldGoOnAfterOneThatFails() {
        assertThatThrownBy(() -> doorman.onArrival(() -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");
        doorman.onArrival(() -> inside.add(2));
        rounds.remove().run();
        assertThat(inside).containsExactly(2);
    }

    private Runnable slowly(int number) {
        return () -> {
            inside.add(number);
            long untilNs = System.nanoTime() + Doorman.ROUND_LIMIT_NS;
            while (System.nanoTime() - untilNs < 0) {
                Thread.onSpinWait();
            }
        };
    }
}
