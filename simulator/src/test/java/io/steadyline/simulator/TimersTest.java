package io.steadyline.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimersTest {

    /** Close to the wrap-around of the clock; not a constant, which the compiler would not let overflow. */
    private static final long T0 = Long.valueOf(Long.MAX_VALUE) - 10;

    private final Timers timers = new Timers();
    private final List<String> fired = new ArrayList<>();

    private Timers.Timer timer(String name) {
        return timers.create(
                (dueNs, nowNs) -> fired.add(name + "@" + (dueNs - T0)), fault -> fired.add(name + " failed"));
    }

    @Test
    void shouldFireInTheOrderOfTheirDeadlines() {
        timers.set(timer("late"), T0 + 20);
        timers.set(timer("early"), T0 + 5);
        timers.set(timer("later"), T0 + 21);
        timers.fire(T0 + 20);
        assertThat(fired).containsExactly("early@5", "late@20");
        assertThat(timers.untilNextNs(T0 + 20, 1_000)).isOne();
    }

    @Test
    void shouldFireOnceAtTheLastDeadlineSet() {
        Timers.Timer moved = timer("moved");
        timers.set(moved, T0 + 5);
        timers.set(moved, T0 + 8);
        timers.fire(T0 + 7);
        assertThat(fired).isEmpty();
        timers.fire(T0 + 100);
        assertThat(fired).containsExactly("moved@8");
        assertThat(timers.untilNextNs(T0, 1_000)).isEqualTo(1_000);
    }

    @Test
    void shouldNotFireWhenCancelled() {
        Timers.Timer cancelled = timer("cancelled");
        timers.set(cancelled, T0);
        timers.cancel(cancelled);
        timers.fire(T0 + 1);
        assertThat(fired).isEmpty();
    }

    @Test
    void shouldKeepTheFaultOfOneFromTheOthers() {
        timers.set(
                timers.create(
                        (dueNs, nowNs) -> {
                            throw new IllegalStateException("on purpose");
                        },
                        fault -> fired.add(String.valueOf(fault.getMessage()))),
                T0);
        timers.set(timer("other"), T0 + 1);
        timers.fire(T0 + 1);
        assertThat(fired).containsExactly("on purpose", "other@1");
    }

    @Test
    void shouldLeaveRoomForReadingWhenMuchIsDue() {
        for (int i = 0; i < 1_000; i++) {
            timers.set(timer("t"), T0);
        }
        timers.fire(T0);
        assertThat(fired).hasSizeLessThan(1_000);
        assertThat(timers.untilNextNs(T0, 1_000)).isZero();
    }
}
