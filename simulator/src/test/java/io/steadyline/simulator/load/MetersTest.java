package io.steadyline.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetersTest {

    private static final long MS = 1_000_000;

    private static EchoMeter sent(int frames) {
        EchoMeter meter = new EchoMeter();
        for (int i = 0; i < frames; i++) {
            assertThat(meter.onSent()).isEqualTo(i);
        }
        return meter;
    }

    @Nested
    class TheEchoMeter {

        @Test
        void shouldFindNothingInFramesThatAllComeBackInOrder() {
            EchoMeter meter = sent(5_000);
            for (int i = 0; i < 5_000; i++) {
                assertThat(meter.onReturned(i)).isTrue();
            }
            assertThat(meter.missing() + meter.reordered() + meter.doubled() + meter.foreign())
                    .isZero();
            assertThat(meter.underWay()).isZero();
        }

        @Test
        void shouldCountLostReorderedAndDoubledFramesApart() {
            EchoMeter meter = sent(6);
            meter.onReturned(0);
            meter.onReturned(3);
            meter.onReturned(1);
            meter.onReturned(3);
            assertThat(meter.missing()).isEqualTo(3);
            assertThat(meter.underWay()).isEqualTo(2);
            assertThat(meter.reordered()).isEqualTo(1);
            assertThat(meter.doubled()).isEqualTo(1);
        }

        @Test
        void shouldNotTakeAFrameThatWasNeverSent() {
            EchoMeter meter = sent(3);
            assertThat(meter.onReturned(3)).isFalse();
            assertThat(meter.onReturned(-1)).isFalse();
            assertThat(meter.foreign()).isEqualTo(2);
        }

        @Test
        void shouldCountAFrameFromBeforeItsWindowAsOutOfOrder() {
            EchoMeter meter = sent(3_000);
            meter.onReturned(2_999);
            assertThat(meter.onReturned(0)).isTrue();
            assertThat(meter.reordered()).isEqualTo(1);
            assertThat(meter.missing()).isEqualTo(2_998);
        }

        @Test
        void shouldAgreeWithAListOfWhatCameBack() {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            EchoMeter meter = sent(10_000);
            List<Integer> back = new ArrayList<>();
            int dropped = 0;
            int doubled = 0;
            for (int i = 0; i < 10_000; i++) {
                int copies = random.nextInt(20);
                if (copies == 0) {
                    dropped++;
                } else {
                    back.add(i);
                }
                if (copies == 1) {
                    back.add(i);
                    doubled++;
                }
            }
            for (int i = 0; i < back.size() - 40; i += 40) {
                Collections.shuffle(back.subList(i, i + 40), random);
            }
            back.forEach(meter::onReturned);
            assertThat(meter.missing()).as("seed %d", seed).isEqualTo(dropped);
            assertThat(meter.doubled()).as("seed %d", seed).isEqualTo(doubled);
        }
    }

    @Nested
    class TheSpacingMeter {

        private final SpacingMeter meter = new SpacingMeter();

        @Test
        void shouldSayHowFarASpacingIsFrom20Ms() {
            assertThat(meter.onFrame(100 * MS)).isEqualTo(SpacingMeter.NONE);
            assertThat(meter.onFrame(120 * MS)).isZero();
            assertThat(meter.onFrame(147 * MS)).isEqualTo(7 * MS);
            assertThat(meter.onFrame(160 * MS)).isEqualTo(7 * MS);
            assertThat(meter.onFrame(660 * MS)).isEqualTo(480 * MS);
        }

        @Test
        void shouldNotTakeALeadAtTheBeginningForAnError() {
            assertThat(meter.onFrame(0)).isEqualTo(SpacingMeter.NONE);
            assertThat(meter.onFrame(10 * MS - 1)).isEqualTo(SpacingMeter.NONE);
            assertThat(meter.onFrame(30 * MS - 1)).isZero();
            assertThat(meter.onFrame(30 * MS)).isEqualTo(20 * MS - 1);
        }
    }

    @Nested
    class TheRhythm {

        private final BurstRhythm rhythm = new BurstRhythm(5_000 * MS);

        @ParameterizedTest
        @CsvSource({"5000, 5000", "5799, 5799", "5800, 7000", "6999, 7000", "7000, 7000", "7799, 7799", "7800, 9000"})
        void shouldHoldWhatIsDueInTheStallUntilItsEnd(long dueMs, long releaseMs) {
            assertThat(rhythm.releaseNs(dueMs * MS)).isEqualTo(releaseMs * MS);
        }

        @Test
        void shouldHold60FramesOfEachCall() {
            long held = 0;
            for (long dueNs = 7_003 * MS; dueNs < 9_003 * MS; dueNs += 20 * MS) {
                held += rhythm.releaseNs(dueNs) != dueNs ? 1 : 0;
            }
            assertThat(held).isEqualTo(60);
        }
    }

    @Nested
    class TheBurstMeter {

        private final BurstMeter meter = new BurstMeter();

        @Test
        void shouldSayWhenNoMoreIsUnderWayThanBefore() {
            meter.onSent(false, 0);
            assertThat(meter.onReturned(9, 10 * MS)).isEqualTo(BurstMeter.NONE);
            meter.onSent(true, 2_000 * MS);
            assertThat(meter.onReturned(0, 2_001 * MS)).isEqualTo(BurstMeter.NONE);
            meter.onSent(false, 2_010 * MS);
            assertThat(meter.onReturned(12, 2_900 * MS)).isEqualTo(BurstMeter.NONE);
            assertThat(meter.onReturned(11, 3_100 * MS)).isEqualTo(1_100 * MS);
            assertThat(meter.onReturned(11, 3_120 * MS)).isEqualTo(BurstMeter.NONE);
            assertThat(meter.bursts()).isEqualTo(1);
            assertThat(meter.notGone()).isZero();
        }

        @Test
        void shouldCountALagThatIsThereStillWhenTheNextBurstComes() {
            meter.onSent(true, 2_000 * MS);
            meter.onSent(false, 2_010 * MS);
            meter.onReturned(40, 2_020 * MS);
            meter.onSent(true, 4_000 * MS);
            meter.onSent(false, 4_010 * MS);
            assertThat(meter.onReturned(0, 4_020 * MS)).isEqualTo(20 * MS);
            assertThat(meter.bursts()).isEqualTo(2);
            assertThat(meter.notGone()).isEqualTo(1);
        }

        @Test
        void shouldLeaveOutABurstThatTheEndOfTheCallCutsOff() {
            meter.onSent(true, 2_000 * MS);
            assertThat(meter.notGone()).isZero();
            meter.onSent(false, 2_010 * MS);
            meter.onReturned(40, 2_020 * MS);
            assertThat(meter.isOpen()).isTrue();
            assertThat(meter.notGone()).isZero();
            meter.onSent(true, 4_000 * MS);
            assertThat(meter.notGone()).isEqualTo(1);
        }
    }

    @Nested
    class TheEndOfACall {

        private final LoadMeters meters = new LoadMeters();
        private final LoadPlan plan = LoadPlan.of(URI.create("ws://127.0.0.1:1/m"), 1, Duration.ofSeconds(1));

        private LoadReport.Calls afterTheEndOf(Consumer<LoadCall> use) throws IOException {
            try (LoadDesk desk = new LoadDesk(false)) {
                use.accept(new LoadCall(desk, meters, plan, 0, new LoadCall.Rhythm(0, 1, null), call -> {}));
            }
            return meters.calls(1, 1);
        }

        @Test
        void shouldNotCountACallThatWasStillDiallingAsFinished() throws IOException {
            LoadReport.Calls calls = afterTheEndOf(call -> call.drain(0));
            assertThat(calls.withdrawn()).isEqualTo(1);
            assertThat(calls.finished()).isZero();
            assertThat(calls.refused()).isEmpty();
        }

        @Test
        void shouldTellCallsThatWereNotAcceptedFromThoseThatHeardNothing() throws IOException {
            afterTheEndOf(call -> call.onEnd(false, "HTTP/1.1 503 Full"));
            assertThat(afterTheEndOf(call -> call.onEnd(true, "closed 1013")).refused())
                    .isEqualTo(Map.of("before an echo: closed 1013", 1, "upgrade: HTTP/1.1 503 Full", 1));
        }
    }

    @Nested
    class TheGapsWhileTheLoadToolIsPunctual {

        private final LoadMeters meters = new LoadMeters();

        private void second(int gapMs, double lateMs) {
            meters.onGap(gapMs * MS);
            meters.lateness.record((long) (lateMs * MS));
            meters.takeSecond(1, 0, 1);
        }

        @Test
        void shouldBeThoseOfTheSecondsInWhichItsOwnLatenessWasSmall() {
            meters.measure(true);
            second(90, 0);
            second(1, 1.2);
            second(50, 1.3);
            second(2, 0);
            assertThat(meters.punctual().share()).isEqualTo("2 of 3 s");
            assertThat(meters.punctual().gaps().count()).isEqualTo(2);
            assertThat(meters.punctual().gaps().maxMs()).isEqualTo(2);
        }

        /** Each late send spoils two gaps: nine in a thousand would be the p99. */
        @Test
        void shouldNotCallASecondPunctualOfWhichNineSendsInAThousandWereLate() {
            meters.measure(true);
            second(1, 0);
            for (int send = 0; send < 1_000; send++) {
                meters.lateness.record(send < 9 ? 40 * MS : 0);
            }
            meters.takeSecond(2, 0, 1);
            assertThat(meters.punctual().share()).isEqualTo("0 of 1 s");
        }

        @Test
        void shouldLeaveOutSecondsThatWereNotMeasuredFromBeginningToEnd() {
            second(90, 0);
            meters.measure(true);
            second(80, 0);
            second(1, 0);
            meters.measure(false);
            second(70, 0);
            second(60, 0);
            assertThat(meters.punctual().share()).isEqualTo("1 of 1 s");
            assertThat(meters.punctual().gaps().maxMs()).isEqualTo(1);
        }

        @Test
        void shouldNotCallASecondPunctualInWhichNothingWasSent() {
            meters.measure(true);
            second(1, 0);
            meters.takeSecond(2, 0, 1);
            assertThat(meters.punctual().share()).isEqualTo("0 of 1 s");
        }
    }

    @Nested
    class TheDriftOfTheGaps {

        private final LoadMeters meters = new LoadMeters();

        private void gapAt(double share) {
            meters.onPassed(share);
            meters.onGap(MS);
        }

        @Test
        void shouldBeOfTheFirstAndTheLastTenthAndOfNothingBetweenThem() {
            meters.measure(true);
            gapAt(0);
            gapAt(0.099);
            gapAt(0.1);
            gapAt(0.5);
            gapAt(0.899);
            gapAt(0.9);
            gapAt(0.95);
            gapAt(1.01);
            assertThat(meters.drift().firstTenth().count()).isEqualTo(2);
            assertThat(meters.drift().lastTenth().count()).isEqualTo(3);
            assertThat(meters.gaps().count()).isEqualTo(8);
        }

        @Test
        void shouldNotCountWhatIsNotMeasured() {
            meters.onGap(MS);
            meters.measure(true);
            gapAt(0);
            gapAt(0.95);
            meters.measure(false);
            meters.onGap(MS);
            assertThat(meters.gaps().count()).isEqualTo(2);
            assertThat(meters.drift().firstTenth().count()).isEqualTo(1);
            assertThat(meters.drift().lastTenth().count()).isEqualTo(1);
        }
    }

    @Test
    void shouldCountTheFramesOfTheTimeThatIsMeasured() {
        LoadMeters meters = new LoadMeters();
        meters.onSent();
        meters.measure(true);
        meters.onSent();
        meters.onSent();
        meters.measure(false);
        meters.onSent();
        assertThat(meters.measuredCallSeconds()).isEqualTo(0.04);
    }

    @Test
    void shouldReadWhatTheKernelSaysOfAProcess() {
        String stat = "7 (a b) c) S 1 7 7 0 -1 4194560 1 0 0 0 123 45 0 0 20 0 33 0 1 1 1 1";
        assertThat(ServerProcess.cpuMs(stat)).isEqualTo(1_680);
        assertThat(ServerProcess.residentKib(List.of("Rss:               1024 kB", "Pss: 5 kB")))
                .isEqualTo(1_024);
    }
}
