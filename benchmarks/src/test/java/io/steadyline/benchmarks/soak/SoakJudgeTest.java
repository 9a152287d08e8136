package io.steadyline.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.simulator.load.LoadPlan;
import io.steadyline.simulator.load.LoadReport;
import io.steadyline.simulator.load.Quantiles;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoakJudgeTest {

    private static final Quantiles NONE = new Quantiles(0, 0, 0, 0, 0);
    private static final LoadReport.Frames FLAWLESS = new LoadReport.Frames(1_000, 1_000, 0, 0, 0, 0);
    private static final Look BEFORE = new Look(60, 20, 40, 300_000);
    private static final Look WITH = new Look(80, 40, 41, 310_000);
    private static final Mishaps.Counts MISHAPS = new Mishaps.Counts(9, 0, 9, 4, 4, 0, 0);
    private static final ServerLog.Counts LOG = new ServerLog.Counts(3, 0, List.of(), 4, 2 << 20);

    private static LoadReport load(LoadReport.Frames frames, Map<String, Integer> refused, Map<String, Integer> cut) {
        return new LoadReport(
                LoadPlan.of(URI.create("ws://127.0.0.1:1/m"), 20, Duration.ofMinutes(3)),
                new LoadReport.Calls(20, 20, 20, 0, refused, cut, 0, NONE),
                frames,
                0,
                0,
                NONE,
                new LoadReport.Punctual(0, 0, NONE),
                new LoadReport.Drift(new Quantiles(9, 1, 2, 3, 4), new Quantiles(9, 1, 5, 6, 7)),
                NONE,
                new Quantiles(9, 0.5, 1, 1.5, 2),
                0.2,
                new LoadReport.Bursts(0, 0, NONE),
                null,
                List.of());
    }

    private static LoadReport load(LoadReport.Frames frames) {
        return load(frames, Map.of(), Map.of());
    }

    private static LiveHeap heap(long moreKib) {
        return new LiveHeap(
                30_000, List.of(new LiveHeap.Moment(1, 40_000), new LiveHeap.Moment(3, 40_100)), 30_000 + moreKib);
    }

    private static SoakReport report(
            LoadReport churning, Mishaps.Counts mishaps, Look after, LiveHeap heap, ServerLog.Counts log, int kills) {
        SoakPlan plan = SoakPlan.of(3, 40, kills == 0 ? 0 : 1);
        return new SoakReport(
                plan, load(FLAWLESS), churning, mishaps, BEFORE, WITH, WITH, after, 11.5, heap, log, kills);
    }

    private static SoakReport flawless() {
        return report(load(FLAWLESS), MISHAPS, BEFORE, heap(0), LOG, 0);
    }

    @Nested
    class WhatCountsAsBackAtBase {

        @Test
        void shouldBeBackWithTheSameAndAFewThreadsAndWithNothingElse() {
            int threads = BEFORE.threads() + SoakJudge.MOST_MORE_THREADS;
            assertThat(SoakJudge.isBack(BEFORE, new Look(60, 20, threads, 900_000), 0))
                    .isTrue();
            assertThat(SoakJudge.isBack(BEFORE, new Look(61, 20, threads, 0), 0))
                    .isFalse();
            assertThat(SoakJudge.isBack(BEFORE, new Look(60, 21, threads, 0), 0))
                    .isFalse();
            assertThat(SoakJudge.isBack(BEFORE, new Look(60, 20, threads + 1, 0), 0))
                    .isFalse();
        }

        @Test
        void shouldLeaveAnotherWorkerThanTheFirstOneTheDescriptorsOfOneThatHasWaited() {
            int descriptors = BEFORE.descriptors() + SoakJudge.MOST_MORE_DESCRIPTORS_OF_ANOTHER;
            assertThat(SoakJudge.isBack(BEFORE, new Look(descriptors, 20, 40, 0), 1))
                    .isTrue();
            assertThat(SoakJudge.isBack(BEFORE, new Look(descriptors + 1, 20, 40, 0), 7))
                    .isFalse();
            assertThat(SoakJudge.isBack(BEFORE, new Look(60, 21, 40, 0), 1)).isFalse();
        }

        @Test
        void shouldBeBackWithLess() {
            assertThat(SoakJudge.isBack(BEFORE, new Look(1, 1, 1, 1), 0)).isTrue();
        }

        @Test
        void shouldNameWhatIsNotBack() {
            Look after = new Look(63, 23, 43, 0);
            assertThat(report(load(FLAWLESS), MISHAPS, after, heap(0), LOG, 0).faults())
                    .containsExactly(
                            "descriptors of the worker not back: 63 after the last call (expected: 60 as before the"
                                    + " first)",
                            "descriptors of the keeper not back: 23 after the last call (expected: 20 as before the"
                                    + " first)",
                            "threads of the worker not back: 43 after the last call (expected: 40 as before the first,"
                                    + " and at most 2 more)");
            assertThat(report(load(FLAWLESS), MISHAPS, new Look(63, 20, 40, 0), heap(0), LOG, 1)
                            .faults())
                    .containsExactly("descriptors of the worker not back: 63 after the last call (expected: 60 as"
                            + " before the first, and at most 2 more)");
        }

        @Test
        void shouldAllowTheHeapItsBoundAndNoMore() {
            long most = SoakJudge.MOST_MORE_HEAP_KIB + 49;
            assertThat(report(load(FLAWLESS), MISHAPS, BEFORE, heap(most), LOG, 0)
                            .faults())
                    .isEmpty();
            assertThat(report(load(FLAWLESS), MISHAPS, BEFORE, heap(most + 1), LOG, 0)
                            .faults())
                    .containsExactly("live heap: " + (most + 1)
                            + " KiB more than before the first call (expected: at most " + most + ")");
        }

        @ParameterizedTest
        @CsvSource({"600,    15, 600", "600,     3, 600", "50000, 60, 12500", "90000, 60, 20000", "90000, 10, 20000"})
        void shouldAllowAKibibyteForEachCallThatTheJournalRemembers(int calls, int minutes, int remembered) {
            assertThat(SoakJudge.mostMoreHeapKib(calls, Duration.ofMinutes(minutes)))
                    .isEqualTo(SoakJudge.MOST_MORE_HEAP_KIB + remembered);
        }
    }

    @Nested
    class WhatBecameOfCalls {

        @Test
        void shouldFindNothingInARunInWhichAllHeld() {
            assertThat(flawless().faults()).isEmpty();
        }

        @Test
        void shouldNameFramesOfCallsWithoutAMishap() {
            LoadReport churning = load(new LoadReport.Frames(1_000, 990, 10, 3, 2, 1));
            assertThat(report(churning, MISHAPS, BEFORE, heap(0), LOG, 0).faults())
                    .containsExactly(
                            "10 frames lost on calls without a mishap",
                            "2 frames doubled",
                            "3 frames out of order",
                            "1 frames of other calls");
        }

        @Test
        void shouldNotJudgeWhatAKilledWorkerTakesWithIt() {
            LoadReport churning =
                    load(new LoadReport.Frames(1_000, 990, 10, 0, 0, 0), Map.of("upgrade: no answer", 1), Map.of());
            Mishaps.Counts mishaps = new Mishaps.Counts(9, 1, 8, 4, 4, 0, 7);
            assertThat(report(churning, mishaps, BEFORE, heap(0), LOG, 2).faults())
                    .isEmpty();
            assertThat(report(churning, mishaps, BEFORE, heap(0), LOG, 0).faults())
                    .containsExactly(
                            "10 frames lost on calls without a mishap",
                            "2 calls refused",
                            "7 frames lost on streams that came back");
        }

        @Test
        void shouldJudgeCallsThatWereCutWithAKilledWorkerToo() {
            LoadReport churning = load(FLAWLESS, Map.of(), Map.of("close 1012", 2));
            Mishaps.Counts mishaps = new Mishaps.Counts(9, 0, 8, 4, 4, 1, 0);
            assertThat(report(churning, mishaps, BEFORE, heap(0), LOG, 1).faults())
                    .containsExactly(
                            "2 calls without a mishap cut", "1 streams of calls with a mishap that the gateway ended");
        }

        @Test
        void shouldMissCallsThatCameBackAndWereNotKnownAgain() {
            ServerLog.Counts log = new ServerLog.Counts(0, 1, List.of("x ERROR y"), 3, 0);
            assertThat(report(load(FLAWLESS), MISHAPS, BEFORE, heap(0), log, 0).faults())
                    .containsExactly(
                            "1 calls that came back and were not known again", "1 lines of level ERROR: [x ERROR y]");
        }

        @Test
        void shouldNotTakeARunWithoutFramesForAGoodOne() {
            LoadReport nothing = load(new LoadReport.Frames(0, 0, 0, 0, 0, 0));
            assertThat(report(nothing, MISHAPS, BEFORE, heap(0), LOG, 0).faults())
                    .containsExactly("no frame was sent");
        }
    }

    @Nested
    class TheTable {

        @Test
        void shouldTellWhatEachCallCostsAndHowTheGapsDrift() {
            assertThat(flawless().table().lines())
                    .contains(
                            "| run | 3 min, 40 calls at once: 20 stay, 18 come and go, 2 lose their socket |",
                            "| calls begun / refused | 49 / 0 |",
                            "| gap error of calls that stay, p99 / p99.9, ms: first tenth | 2.00 / 3.00 |",
                            "| gap error of calls that stay, p99 / p99.9, ms: last tenth | 5.00 / 6.00 |",
                            "| descriptors of the worker, before the first call / with 20 calls / at most / after the"
                                    + " last | 60 / 80 / 80 / 60; 1.00 for each call |",
                            "| threads of the worker | 40 / 41 / 41 / 40 |",
                            "| live heap after a full collection, KiB: before / during (minute) / after | 30000 /"
                                    + " 40000 (1.0), 40100 (3.0) / 30000 |",
                            "| live heap, KiB per minute: during the run / its second half | 50.0 / 0.0 |")
                    .endsWith("OK.");
        }

        @Test
        void shouldTellWhatRefusedAndCutCallsWereAnswered() {
            LoadReport churning = load(FLAWLESS, Map.of("upgrade: HTTP/1.1 503 Full", 2), Map.of("close 1012", 1));
            assertThat(report(churning, MISHAPS, BEFORE, heap(0), LOG, 0)
                            .table()
                            .lines())
                    .contains(
                            "| of calls without a mishap refused | 2: upgrade: HTTP/1.1 503 Full |",
                            "| of calls without a mishap cut | 1: close 1012 |");
        }

        @Test
        void shouldEndWithWhatDoesNotHold() {
            LoadReport churning = load(new LoadReport.Frames(1_000, 990, 10, 0, 0, 0));
            assertThat(report(churning, MISHAPS, BEFORE, heap(0), LOG, 0).table())
                    .endsWith("\nDoes not hold: 10 frames lost on calls without a mishap.\n");
        }
    }

    @Nested
    class TheSlopeOfTheHeap {

        @Test
        void shouldBeThatOfTheNearestLine() {
            List<LiveHeap.Moment> moments = List.of(
                    new LiveHeap.Moment(0, 100),
                    new LiveHeap.Moment(1, 130),
                    new LiveHeap.Moment(2, 120),
                    new LiveHeap.Moment(3, 150));
            assertThat(new LiveHeap(0, moments, 0).slopeKibPerMinute()).isEqualTo(14);
            assertThat(new LiveHeap(0, moments, 0).laterSlopeKibPerMinute()).isEqualTo(30);
        }

        @Test
        void shouldBeNothingWithLessThanTwoMoments() {
            assertThat(new LiveHeap(0, List.of(), 0).slopeKibPerMinute()).isZero();
            assertThat(new LiveHeap(0, List.of(new LiveHeap.Moment(1, 5)), 0).slopeKibPerMinute())
                    .isZero();
        }
    }
}
