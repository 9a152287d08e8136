package io.steadyline.call;

import static io.steadyline.testkit.SimulatedTime.ns;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.call.TimerWheel.Timer;
import io.steadyline.testkit.CallHarness;
import io.steadyline.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerWheelTest {

    private static final long START_NS = 77_000_000_123L;

    private final TimerWheel wheel = new TimerWheel(START_NS);
    private final List<Call> fired = new ArrayList<>();

    @Test
    void shouldHaveNothingToDoWithoutTimers() {
        assertThat(wheel.nextDueNs()).isEqualTo(Long.MAX_VALUE);
        wheel.fireDue(START_NS + ns(10_000), fired::add);
        assertThat(fired).isEmpty();
    }

    @Test
    void shouldFireInTheFirstSlotAtOrAfterTheDeadline() {
        Timer timer = timer();
        wheel.set(timer, START_NS + ns(5) - 1);
        assertThat(timer.isSet()).isTrue();
        assertThat(wheel.nextDueNs()).isEqualTo(START_NS + ns(5));
        wheel.fireDue(START_NS + ns(5) - 1, fired::add);
        assertThat(fired).isEmpty();
        wheel.fireDue(START_NS + ns(5), fired::add);
        assertThat(fired).hasSize(1);
        assertThat(timer.isSet()).isFalse();
        assertThat(wheel.nextDueNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldFireADeadlineOfThePastInTheNextTurn() {
        wheel.fireDue(START_NS + ns(100), fired::add);
        wheel.set(timer(), START_NS);
        assertThat(wheel.nextDueNs()).isEqualTo(START_NS + ns(101));
        wheel.fireDue(START_NS + ns(101), fired::add);
        assertThat(fired).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {253, 254, 255, 256, 257, 512, 1000, 100_000})
    void shouldKeepADeadlineBeyondItsRound(long ms) {
        wheel.set(timer(), START_NS + ns(ms));
        long nowNs = START_NS;
        while (fired.isEmpty()) {
            long nextNs = wheel.nextDueNs();
            assertThat(nextNs).isGreaterThan(nowNs).isLessThanOrEqualTo(START_NS + ns(ms));
            nowNs = nextNs;
            wheel.fireDue(nowNs, fired::add);
        }
        assertThat(nowNs).isEqualTo(START_NS + ns(ms));
    }

    @Test
    void shouldFireEarliestFirst() {
        Timer late = timer();
        Timer early = timer();
        wheel.set(late, START_NS + ns(9));
        wheel.set(early, START_NS + ns(3));
        List<Long> order = new ArrayList<>();
        wheel.fireDue(START_NS + ns(20), call -> order.add(call == callOf(early) ? 3L : 9L));
        assertThat(order).containsExactly(3L, 9L);
    }

    @Test
    void shouldMoveATimerThatIsSetAgain() {
        Timer timer = timer();
        wheel.set(timer, START_NS + ns(5));
        wheel.set(timer, START_NS + ns(8));
        wheel.fireDue(START_NS + ns(7), fired::add);
        assertThat(fired).isEmpty();
        wheel.fireDue(START_NS + ns(8), fired::add);
        assertThat(fired).hasSize(1);
    }

    @Test
    void shouldNotFireACancelledTimer() {
        Timer timer = timer();
        wheel.cancel(timer);
        wheel.set(timer, START_NS + ns(5));
        wheel.cancel(timer);
        wheel.cancel(timer);
        assertThat(wheel.nextDueNs()).isEqualTo(Long.MAX_VALUE);
        wheel.fireDue(START_NS + ns(300), fired::add);
        assertThat(fired).isEmpty();
    }

    @Test
    void shouldFireATimerOnceAfterAPauseOfManyRounds() {
        for (long ms : new long[] {1, 50, 255, 256, 700, 5000}) {
            wheel.set(timer(), START_NS + ns(ms));
        }
        wheel.fireDue(START_NS + ns(5000), fired::add);
        assertThat(fired).hasSize(6).doesNotHaveDuplicates();
        assertThat(wheel.nextDueNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldAllowATimerToBeSetAgainWhileItFires() {
        Timer timer = timer();
        wheel.set(timer, START_NS + ns(5));
        wheel.fireDue(START_NS + ns(5), call -> {
            fired.add(call);
            wheel.set(timer, START_NS + ns(5));
        });
        assertThat(fired).hasSize(1);
        assertThat(wheel.nextDueNs()).isEqualTo(START_NS + ns(6));
    }

    @Test
    void shouldAllowATimerToCancelAnotherOfItsSlotWhileItFires() {
        List<Timer> timers = List.of(timer(), timer(), timer());
        timers.forEach(timer -> wheel.set(timer, START_NS + ns(5)));
        wheel.fireDue(START_NS + ns(5), call -> {
            fired.add(call);
            timers.forEach(wheel::cancel);
        });
        assertThat(fired).hasSize(1);
        assertThat(wheel.nextDueNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldKeepTheOthersOfASlotWhenOneIsCancelled() {
        List<Timer> timers = List.of(timer(), timer(), timer());
        for (Timer cancelled : timers) {
            timers.forEach(timer -> wheel.set(timer, START_NS + ns(5)));
            wheel.cancel(cancelled);
            assertThat(timers).filteredOn(Timer::isSet).hasSize(2).doesNotContain(cancelled);
            timers.forEach(wheel::cancel);
        }
        timers.forEach(timer -> wheel.set(timer, START_NS + ns(5)));
        wheel.cancel(timers.get(1));
        wheel.fireDue(START_NS + ns(5), fired::add);
        assertThat(fired).hasSize(2).doesNotContain(callOf(timers.get(1)));
    }

    @Test
    void shouldFireAThousandTimersOnceEachAndTakeAsManyAgainInTheirPlaces() {
        for (int round = 1; round <= 3; round++) {
            List<Timer> timers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                timers.add(timer());
                wheel.set(timers.get(i), START_NS + ns(100 * round + i % 20));
            }
            fired.clear();
            wheel.fireDue(START_NS + ns(100 * round + 20), fired::add);
            assertThat(fired).hasSize(1000).doesNotHaveDuplicates();
            timers.forEach(wheel::cancel);
            assertThat(wheel.numbers()).isEqualTo(1000);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 500_000, 5_000_000, 300_000_000})
    void shouldWorkOverTheEndOfTheClock(long beforeOverflowNs) {
        long startNs = Long.MAX_VALUE - beforeOverflowNs;
        TimerWheel each = new TimerWheel(startNs);
        each.set(timer(), startNs + ns(10));
        each.fireDue(startNs + ns(10) - 1, fired::add);
        assertThat(fired).isEmpty();
        each.fireDue(startNs + ns(10), fired::add);
        assertThat(fired).hasSize(1);
    }

    /** Against a map of deadlines: never early, at the latest in the first turn one slot after it, cancelled never. */
    @Test
    void shouldAgreeWithANaiveModel() {
        List<Timer> timers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            timers.add(timer());
        }
        Seeds.forEach(1500, (seed, random) -> new Run(timers, random).go());
    }

    private final class Run {
        private final List<Timer> timers;
        private final RandomGenerator random;
        private final long startNs;
        private final TimerWheel each;
        private final Map<Call, Long> dueNs = new HashMap<>();
        private final Map<Call, Timer> byCall = new HashMap<>();
        private long nowNs;

        Run(List<Timer> timers, RandomGenerator random) {
            this.timers = timers;
            this.random = random;
            startNs = random.nextBoolean() ? random.nextLong() : Long.MAX_VALUE - random.nextLong(ns(300));
            nowNs = startNs;
            each = new TimerWheel(startNs);
            timers.forEach(timer -> byCall.put(callOf(timer), timer));
        }

        void go() {
            for (int turn = 0; turn < 100; turn++) {
                change();
                long nextNs = each.nextDueNs();
                boolean onTime = random.nextInt(3) > 0 && nextNs != Long.MAX_VALUE && nextNs - nowNs > 0;
                nowNs = onTime ? nextNs : nowNs + random.nextLong(ns(random.nextInt(20) == 0 ? 2000 : 4) + 1);
                long turnNs = nowNs;
                each.fireDue(turnNs, call -> onFired(call, turnNs));
                for (long due : dueNs.values()) {
                    assertThat(due - turnNs).as("overdue by").isGreaterThan(-TimerWheel.SLOT_NS);
                }
                assertThat(timers.stream().filter(Timer::isSet).count()).isEqualTo(dueNs.size());
                assertThat(each.nextDueNs() == Long.MAX_VALUE).isEqualTo(dueNs.isEmpty());
            }
            timers.forEach(each::cancel);
        }

        private void onFired(Call call, long turnNs) {
            assertThat(dueNs).containsKey(call);
            assertThat(Objects.requireNonNull(dueNs.remove(call)) - turnNs)
                    .as("early by")
                    .isLessThanOrEqualTo(0);
            if (random.nextInt(3) == 0) {
                set(Objects.requireNonNull(byCall.get(call)), turnNs + 1 + random.nextLong(ns(400)));
            }
            if (random.nextInt(6) == 0) {
                cancel(timers.get(random.nextInt(timers.size())));
            }
        }

        private void change() {
            Timer timer = timers.get(random.nextInt(timers.size()));
            if (random.nextInt(4) == 0) {
                cancel(timer);
            } else {
                set(timer, nowNs + 1 + random.nextLong(ns(random.nextBoolean() ? 30 : 1500)));
            }
        }

        private void set(Timer timer, long atNs) {
            each.set(timer, atNs);
            dueNs.put(callOf(timer), atNs);
        }

        private void cancel(Timer timer) {
            each.cancel(timer);
            dueNs.remove(callOf(timer));
        }
    }

    private final Map<Timer, Call> calls = new HashMap<>();

    private Timer timer() {
        Call call = new CallHarness(CallSettings.DEFAULT).start().call();
        Timer timer = new Timer(call);
        calls.put(timer, call);
        return timer;
    }

    private Call callOf(Timer timer) {
        return Objects.requireNonNull(calls.get(timer));
    }
}
