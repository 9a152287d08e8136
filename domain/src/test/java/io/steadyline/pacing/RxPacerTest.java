package io.steadyline.pacing;

import static io.steadyline.pacing.RxPacer.Decision.RELEASE;
import static io.steadyline.pacing.RxPacer.Decision.WAIT;
import static io.steadyline.testkit.SimulatedTime.ns;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.Ptime;
import io.steadyline.pacing.RxPacer.Decision;
import io.steadyline.telemetry.RxMode;
import io.steadyline.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RxPacerTest {

    private static final long START_NS = 5_000_000_000L;

    private final RxPacer pacer = new RxPacer(RxPacing.DEFAULT);

    @Nested
    class InNormalMode {

        @Test
        void shouldReleaseTheVeryFirstFrameAtOnce() {
            assertThat(pacer.decide(START_NS, 1)).isEqualTo(RELEASE);
        }

        @Test
        void shouldReleaseTheFirstFrameAtOnceWhateverTheClockSays() {
            assertThat(pacer.decide(-START_NS, 1)).isEqualTo(RELEASE);
        }

        @ParameterizedTest
        @CsvSource({"-1, WAIT", "0, RELEASE", "1, RELEASE"})
        void shouldReleaseTheNextOneAtItsDeadline(long afterDeadlineNs, Decision expected) {
            pacer.decide(START_NS, 1);
            pacer.onWritten(START_NS);
            assertThat(pacer.nextDeadlineNs()).isEqualTo(START_NS + ns(20));
            assertThat(pacer.decide(START_NS + ns(20) + afterDeadlineNs, 1)).isEqualTo(expected);
        }

        @Test
        void shouldWaitWhileThereIsNothing() {
            assertThat(pacer.decide(START_NS, 0)).isEqualTo(WAIT);
            assertThat(pacer.decide(START_NS + ns(1000), 0)).isEqualTo(WAIT);
        }

        @Test
        void shouldNotAdvanceTheDeadlineWhenNoFrameWasWritten() {
            pacer.decide(START_NS, 1);
            pacer.onWritten(START_NS);
            for (long ms = 20; ms < 40; ms++) {
                assertThat(pacer.decide(START_NS + ns(ms), 5)).isEqualTo(RELEASE);
                assertThat(pacer.nextDeadlineNs()).isEqualTo(START_NS + ns(20));
            }
        }

        @Test
        void shouldKeepTheScheduleAfterALateWakeUp() {
            assertThat(releasesAtMs(0, 27, 40, 59, 60)).containsExactly(0L, 27L, 40L, 60L);
        }

        @ParameterizedTest
        @CsvSource({"39999999, 40000000", "40000000, 60000000", "40000001, 60000001"})
        void shouldStartANewScheduleOnceAWholePtimeLate(long writtenAfterNs, long nextAfterNs) {
            pacer.decide(START_NS, 2);
            pacer.onWritten(START_NS);
            pacer.decide(START_NS + writtenAfterNs, 2);
            pacer.onWritten(START_NS + writtenAfterNs);
            assertThat(pacer.nextDeadlineNs()).isEqualTo(START_NS + nextAfterNs);
        }

        @Test
        void shouldNotBurstAfterAStall() {
            assertThat(releasesAtMs(0, 20, 40, 340, 341, 350, 359, 360, 380))
                    .containsExactly(0L, 20L, 40L, 340L, 360L, 380L);
        }

        private List<Long> releasesAtMs(long... turnsMs) {
            List<Long> released = new ArrayList<>();
            for (long ms : turnsMs) {
                while (pacer.decide(START_NS + ns(ms), 15) == RELEASE) {
                    pacer.onWritten(START_NS + ns(ms));
                    released.add(ms);
                }
            }
            return released;
        }
    }

    @Nested
    class BetweenTheModes {

        @ParameterizedTest
        @CsvSource({"99, NORMAL", "100, DRAIN", "101, DRAIN"})
        void shouldDrainFromAHundredFrames(int depth, RxMode expected) {
            pacer.decide(START_NS, depth);
            assertThat(pacer.mode()).isEqualTo(expected);
        }

        @ParameterizedTest
        @CsvSource({"99, DRAIN", "21, DRAIN", "20, NORMAL", "19, NORMAL", "0, NORMAL"})
        void shouldDrainDownToTwentyFrames(int depth, RxMode expected) {
            pacer.decide(START_NS, 100);
            pacer.decide(START_NS, depth);
            assertThat(pacer.mode()).isEqualTo(expected);
        }

        @Test
        void shouldStayNormalBelowTheEnterLevelAfterADrain() {
            pacer.decide(START_NS, 100);
            pacer.decide(START_NS, 20);
            pacer.decide(START_NS, 99);
            assertThat(pacer.mode()).isEqualTo(RxMode.NORMAL);
        }

        @Test
        void shouldReleaseWithoutWaitingWhileDraining() {
            for (int depth = 100; depth > 20; depth--) {
                assertThat(pacer.decide(START_NS, depth)).isEqualTo(RELEASE);
                pacer.onWritten(START_NS);
            }
            assertThat(pacer.decide(START_NS, 20)).isEqualTo(WAIT);
        }

        @Test
        void shouldGoOnAPtimeAfterTheLastDrainedFrame() {
            pacer.decide(START_NS, 100);
            pacer.onWritten(START_NS + 7);
            assertThat(pacer.decide(START_NS + 7 + ns(20) - 1, 20)).isEqualTo(WAIT);
            assertThat(pacer.decide(START_NS + 7 + ns(20), 20)).isEqualTo(RELEASE);
        }

        @Test
        void shouldKeepNoOldScheduleThroughADrain() {
            pacer.decide(START_NS, 1);
            pacer.onWritten(START_NS);
            pacer.decide(START_NS + ns(10), 100);
            pacer.onWritten(START_NS + ns(10));
            assertThat(pacer.nextDeadlineNs()).isEqualTo(START_NS + ns(30));
        }
    }

    @Nested
    class WithALagThatStays {

        @ParameterizedTest
        @CsvSource({"-1, NORMAL", "0, DRAIN", "1, DRAIN"})
        void shouldDrainASmallLagAfterTheLimit(long afterLimitNs, RxMode expected) {
            pacer.decide(START_NS, 18);
            pacer.decide(START_NS + ns(1500), 30);
            pacer.decide(START_NS + ns(3000) + afterLimitNs, 18);
            assertThat(pacer.mode()).isEqualTo(expected);
        }

        @Test
        void shouldMeasureTheLagFromItsLatestStart() {
            pacer.decide(START_NS, 20);
            pacer.decide(START_NS + ns(2999), 17);
            pacer.decide(START_NS + ns(3000), 20);
            pacer.decide(START_NS + ns(5999), 20);
            assertThat(pacer.mode()).isEqualTo(RxMode.NORMAL);
            pacer.decide(START_NS + ns(6000), 20);
            assertThat(pacer.mode()).isEqualTo(RxMode.DRAIN);
        }

        @Test
        void shouldDrainALagDownToWhatJitterExplains() {
            pacer.decide(START_NS, 20);
            pacer.decide(START_NS + ns(3000), 20);
            pacer.decide(START_NS + ns(3001), 5);
            assertThat(pacer.mode()).isEqualTo(RxMode.DRAIN);
            pacer.decide(START_NS + ns(3002), 4);
            assertThat(pacer.mode()).isEqualTo(RxMode.NORMAL);
        }

        @Test
        void shouldDrainWhatADeepDrainLeavesBehindAfterTheLimitAnew() {
            pacer.decide(START_NS, 100);
            pacer.decide(START_NS + ns(10), 20);
            assertThat(pacer.mode()).isEqualTo(RxMode.NORMAL);
            pacer.decide(START_NS + ns(3009), 20);
            assertThat(pacer.mode()).isEqualTo(RxMode.NORMAL);
            pacer.decide(START_NS + ns(3010), 20);
            assertThat(pacer.mode()).isEqualTo(RxMode.DRAIN);
        }

        @Test
        void shouldLeaveAloneWhatCountsAsHealthy() {
            for (long ms = 0; ms < 20_000; ms += 20) {
                pacer.decide(START_NS + ns(ms), 17);
                assertThat(pacer.mode()).isEqualTo(RxMode.NORMAL);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE - 10_000_000, Long.MAX_VALUE - 20_000_000})
    void shouldKeepItsCadenceWhenTheClockOverflows(long startNs) {
        List<Long> released = new ArrayList<>();
        for (long ms = 0; ms < 100; ms++) {
            if (pacer.decide(startNs + ns(ms), 3) == RELEASE) {
                pacer.onWritten(startNs + ns(ms));
                released.add(ms);
            }
        }
        assertThat(released).containsExactly(0L, 20L, 40L, 60L, 80L);
    }

    @Test
    void shouldMeasureTheLagOverTheEndOfTheClock() {
        pacer.decide(Long.MAX_VALUE - ns(1), 21);
        pacer.decide(Long.MAX_VALUE + ns(2998), 21);
        assertThat(pacer.mode()).isEqualTo(RxMode.NORMAL);
        pacer.decide(Long.MAX_VALUE + ns(2999), 21);
        assertThat(pacer.mode()).isEqualTo(RxMode.DRAIN);
    }

    /**
     * Outside of a drain two frames are never closer than a ptime less the lateness of the first, so that in any window
     * of W ms there are at most W / 20 + 2; and a wake-up that is late by less than a ptime never shifts the schedule.
     */
    @Test
    void shouldNeverBurstInNormalModeAtRandomWakeUps() {
        RxPacing withoutLagLimit = new RxPacing(Ptime.MS_20, 100, 20, 10, 18, 4, Duration.ofDays(1));
        Seeds.forEach(2000, (seed, random) -> {
            RxPacer each = new RxPacer(withoutLagLimit);
            List<Long> writtenNs = new ArrayList<>();
            long nowNs = random.nextLong();
            for (int turn = 0; turn < 200; turn++) {
                nowNs += random.nextInt(20) == 0 ? ns(random.nextInt(300)) : random.nextLong(ns(12));
                int depth = random.nextInt(100);
                while (each.decide(nowNs, depth) == RELEASE) {
                    assertThat(depth).as("a frame is there").isPositive();
                    if (random.nextInt(4) == 0) {
                        long beforeNs = each.nextDeadlineNs();
                        assertThat(each.decide(nowNs, depth))
                                .as("offered again")
                                .isEqualTo(RELEASE);
                        assertThat(each.nextDeadlineNs()).isEqualTo(beforeNs);
                        break;
                    }
                    each.onWritten(nowNs);
                    writtenNs.add(nowNs);
                }
                assertThat(each.mode()).isEqualTo(RxMode.NORMAL);
            }
            for (int first = 0; first < writtenNs.size(); first++) {
                for (int last = first + 1; last < Math.min(first + 30, writtenNs.size()); last++) {
                    long windowNs = writtenNs.get(last) - writtenNs.get(first);
                    assertThat(last - first + 1L).isLessThanOrEqualTo(windowNs / ns(20) + 2);
                }
            }
        });
    }
}
