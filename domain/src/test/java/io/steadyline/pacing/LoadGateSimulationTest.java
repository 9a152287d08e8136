package io.steadyline.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.testkit.Seeds;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A loop of which the capacity is known, thousands of them: the gate has to find it, from both sides. */
class LoadGateSimulationTest {

    private static final int RUNS = 3_000;
    private static final int STEPS_PER_SECOND = 100;
    private static final long STEP_NS = 1_000_000_000L / STEPS_PER_SECOND;

    /** A single server: work comes, is done in order, and what is not done yet is how late it is. */
    private static final class Loop {
        private final RandomGenerator random;
        private final double costPerCall;
        private final double setUpSeconds;
        private final LoadGate gate = new LoadGate(new LoadLimits(Duration.ofMillis(10), 80, 0), 0);
        private final boolean tellsBusy;
        private long nowNs;
        private double backlogSeconds;
        private double busySeconds;
        private int calls;
        private int refused;
        private double worstCallLoad;

        Loop(RandomGenerator random, double costPerCall, double setUpSeconds, boolean tellsBusy) {
            this.random = random;
            this.costPerCall = costPerCall;
            this.setUpSeconds = setUpSeconds;
            this.tellsBusy = tellsBusy;
        }

        void offer() {
            if (gate.admits(calls + 1)) {
                calls++;
                backlogSeconds += setUpSeconds;
                worstCallLoad = Math.max(worstCallLoad, calls * costPerCall);
            } else {
                refused++;
                backlogSeconds += setUpSeconds / 5;
            }
        }

        void step(double pauseSeconds) {
            nowNs += STEP_NS;
            double stepSeconds = STEP_NS / 1e9;
            backlogSeconds += calls * costPerCall * stepSeconds * (0.7 + 0.6 * random.nextDouble()) + pauseSeconds;
            double done = Math.min(stepSeconds, backlogSeconds);
            backlogSeconds -= done;
            busySeconds += done;
            long lateNs = (long) (backlogSeconds * 1e9) + random.nextInt(2_000_000);
            if (gate.isSliceOver(nowNs)) {
                gate.endSlices(nowNs, lateNs, tellsBusy ? (long) (busySeconds * 1e9) : -1, calls);
            }
            gate.onTurn(lateNs);
        }
    }

    @Test
    void shouldFillTheLoopAndNotOverfillIt() {
        Seeds.forEach(RUNS, (_, random) -> {
            int capacity = 400 + random.nextInt(4_000);
            int perSecond = 10 + random.nextInt(Math.min(190, capacity / 4));
            Loop loop = new Loop(random, 1.0 / capacity, 0.0005 + 0.0005 * random.nextDouble(), true);
            ramp(loop, perSecond, Math.max(2 * capacity, 60 * perSecond));
            double load = (double) loop.calls / capacity;
            String what = "capacity " + capacity + ", " + perSecond + " a second: " + loop.calls + " admitted";
            assertThat(loop.refused).as(what).isPositive();
            assertThat(load).as(what).isBetween(0.66, 0.86);
            assertThat(loop.worstCallLoad).as(what).isLessThan(0.86);
        });
    }

    /**
     * Then it is seen late: how far that goes over is what comes while the backlog grows to the limit of 10 ms, the more slowly the
     * fewer calls come in a second, and in the two seconds that are looked back on, and in one for chance.
     */
    @Test
    void shouldStopByLatenessWhereNobodyTellsHowBusyItIs() {
        Seeds.forEach(RUNS, (_, random) -> {
            int capacity = 400 + random.nextInt(2_000);
            int perSecond = 10 + random.nextInt(capacity / 20);
            Loop loop = new Loop(random, 1.0 / capacity, 0.0005, false);
            ramp(loop, perSecond, 2 * capacity);
            String what = "capacity " + capacity + ", " + perSecond + " a second: " + loop.calls + " admitted";
            double untilLateSeconds = Math.sqrt(2 * 0.01 * capacity / perSecond);
            int most = capacity + (int) ((untilLateSeconds + 3) * perSecond);
            assertThat(loop.calls).as(what).isBetween((int) (0.8 * capacity), most);
        });
    }

    @Test
    void shouldNotRefuseForPausesThatEverySoManySecondsCome() {
        Seeds.forEach(RUNS / 10, (_, random) -> {
            Loop loop = new Loop(random, 1.0 / 1_000, 0.0008, true);
            for (int second = 0; second < 60; second++) {
                for (int step = 0; step < STEPS_PER_SECOND; step++) {
                    if (step % 5 == 0 && loop.calls < 600) {
                        loop.offer();
                    }
                    boolean pauses = second % 3 == 2 && step == 50;
                    loop.step(pauses ? 0.02 + 0.2 * random.nextDouble() : 0);
                }
            }
            assertThat(loop.refused).isZero();
        });
    }

    /** Code that is compiled only now costs several times as much at first. The gate closes at some dozen calls, and has to fill up later. */
    @Test
    void shouldFillALoopThatBeginsCold() {
        Seeds.forEach(RUNS / 3, (_, random) -> {
            int capacity = 500 + random.nextInt(1_500);
            double coldFactor = 3 + 5 * random.nextDouble();
            Loop loop = new Loop(random, 1.0 / capacity, 0.0008, true);
            for (int step = 0; step < 60 * STEPS_PER_SECOND; step++) {
                double dearness = 1 + (coldFactor - 1) * Math.exp(-step / (3.0 * STEPS_PER_SECOND));
                loop.offer();
                loop.step((dearness - 1) * loop.calls * loop.costPerCall * STEP_NS / 1e9);
                if (step == 20 * STEPS_PER_SECOND) {
                    assertThat((double) loop.calls / capacity)
                            .as(
                                    "capacity %d, %.1f times as dear: %d admitted in 20 s",
                                    capacity, coldFactor, loop.calls)
                            .isGreaterThan(0.33);
                }
            }
            assertThat((double) loop.calls / capacity)
                    .as("capacity %d, %.1f times as dear: %d admitted", capacity, coldFactor, loop.calls)
                    .isBetween(0.66, 0.86);
        });
    }

    /**
     * A loop that something else holds for 30 of each 100 ms, for some seconds now and then, once it has more than so many calls:
     * each opening takes some, all of them together not many.
     */
    @Test
    void shouldNotGrowStepByStepWhereCallsMakeTheLoopLateButNotBusy() {
        Seeds.forEach(RUNS / 10, (_, random) -> {
            int bearable = 300 + random.nextInt(300);
            Loop loop = new Loop(random, 1.0 / 5_000, 0.0005, true);
            int heldSteps = 250 + random.nextInt(150);
            int phase = random.nextInt(2 * heldSteps);
            int atFirst = 0;
            for (int step = 0; step < 60 * STEPS_PER_SECOND; step++) {
                loop.offer();
                boolean isHeld = loop.calls > bearable && (step + phase) / heldSteps % 2 == 0 && step % 10 == 0;
                loop.step(isHeld ? 0.03 : 0);
                atFirst = atFirst == 0 && loop.gate.isClosed() ? loop.calls : atFirst;
            }
            assertThat(loop.calls).as("bearable: %d", bearable).isBetween(atFirst, (int) (1.6 * atFirst));
        });
    }

    private static void ramp(Loop loop, int perSecond, int offers) {
        double owed = 0;
        for (int offered = 0; offered < offers; ) {
            owed += (double) perSecond / STEPS_PER_SECOND;
            for (; owed >= 1 && offered < offers; owed--, offered++) {
                loop.offer();
            }
            loop.step(0);
        }
    }
}
