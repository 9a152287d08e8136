package io.steadyline.pacing;

import static io.steadyline.pacing.TxPacer.Decision.SEND;
import static io.steadyline.pacing.TxPacer.Decision.UNDERRUN;
import static io.steadyline.pacing.TxPacer.Decision.WAIT;
import static io.steadyline.testkit.SimulatedTime.ns;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.Ptime;
import io.steadyline.pacing.TxPacer.Decision;
import io.steadyline.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TxPacerTest {

    private static final long START_NS = 5_000_000_000L;

    @Nested
    class WithoutLead {

        private final TxPacer pacer = pacer(0);

        @Test
        void shouldSendTheFirstFrameAtOnce() {
            assertThat(pacer.waitNs(START_NS)).isZero();
            assertThat(pacer.decide(START_NS, true)).isEqualTo(SEND);
            assertThat(pacer.isPlaying()).isFalse();
            assertThat(pacer.onSent(START_NS)).isZero();
            assertThat(pacer.isPlaying()).isTrue();
        }

        @ParameterizedTest
        @CsvSource({"-1, WAIT", "0, SEND", "1, SEND"})
        void shouldSendTheNextOneAtItsDeadline(long afterDeadlineNs, Decision expected) {
            pacer.onSent(START_NS);
            long nowNs = START_NS + ns(20) + afterDeadlineNs;
            assertThat(pacer.decide(nowNs, true)).isEqualTo(expected);
            assertThat(pacer.waitNs(nowNs)).isEqualTo(-afterDeadlineNs);
        }

        @Test
        void shouldKeepTheScheduleAfterALateWakeUp() {
            assertThat(sentAtMs(pacer, 0, 27, 40)).containsExactly(0L, 27L, 40L);
        }

        @ParameterizedTest
        @CsvSource({"19999999, 0", "20000000, 0", "20000001, 1", "27000000, 7000000"})
        void shouldTellHowLateAFrameWas(long sentAfterNs, long latenessNs) {
            pacer.onSent(START_NS);
            assertThat(pacer.onSent(START_NS + sentAfterNs)).isEqualTo(latenessNs);
        }

        @ParameterizedTest
        @CsvSource({"39999999, 40000000", "40000000, 60000000", "40000001, 60000001"})
        void shouldStartTheClockAnewOnceAWholePtimeLate(long sentAfterNs, long nextAfterNs) {
            pacer.onSent(START_NS);
            pacer.onSent(START_NS + sentAfterNs);
            assertThat(pacer.waitNs(START_NS)).isEqualTo(nextAfterNs);
        }
    }

    @Nested
    class AfterAWorkerBeforeThisOne {

        private final TxPacer pacer = pacer(0);

        @Test
        void shouldSendWhatWasDueMeanwhileAtOnceAndThenKeepTheSchedule() {
            pacer.resume(START_NS - ns(100), ns(2_400), START_NS);
            assertThat(pacer.isPlaying()).isTrue();
            assertThat(pacer.nextPlayoutNs()).isEqualTo(START_NS - ns(100));
            for (int frame = 0; frame < 6; frame++) {
                assertThat(pacer.decide(START_NS, true)).as("frame %d", frame).isEqualTo(SEND);
                pacer.onSent(START_NS);
            }
            assertThat(pacer.decide(START_NS, true)).isEqualTo(WAIT);
            assertThat(pacer.waitNs(START_NS)).isEqualTo(ns(20));
        }

        @Test
        void shouldNotSendBeforeThePlayoutOfTheOldWorkerIsOver() {
            pacer.resume(START_NS + ns(40), ns(2_400), START_NS);
            assertThat(pacer.decide(START_NS, true)).isEqualTo(WAIT);
            assertThat(pacer.waitNs(START_NS)).isEqualTo(ns(40));
            assertThat(pacer.isAudibleAt(START_NS)).isTrue();
        }

        @Test
        void shouldStartAnewWhatIsLaterThanAllowed() {
            pacer.resume(START_NS - ns(5_000), ns(2_400), START_NS);
            pacer.onSent(START_NS);
            assertThat(pacer.decide(START_NS, true)).isEqualTo(WAIT);
            assertThat(pacer.waitNs(START_NS)).isEqualTo(ns(20));
        }

        @ParameterizedTest
        @CsvSource({"0, WAIT", "999, WAIT", "1000, UNDERRUN"})
        void shouldGiveTheSourceASecondToBeThereAgain(long afterMs, Decision expected) {
            pacer.resume(START_NS - ns(100), ns(2_400), START_NS);
            assertThat(pacer.underrunNs()).isEqualTo(START_NS + ns(1_000));
            assertThat(pacer.decide(START_NS + ns(afterMs), false)).isEqualTo(expected);
        }

        @Test
        void shouldCountUnderrunsAsEverOnceTheScheduleIsRegained() {
            pacer.resume(START_NS - ns(20), ns(2_400), START_NS);
            pacer.onSent(START_NS);
            pacer.onSent(START_NS);
            assertThat(pacer.underrunNs()).isEqualTo(START_NS + ns(40));
            assertThat(pacer.decide(START_NS + ns(40), false)).isEqualTo(UNDERRUN);
        }

        @Test
        void shouldForgetTheLagAtAClear() {
            pacer.resume(START_NS - ns(100), ns(2_400), START_NS);
            pacer.onClear();
            assertThat(pacer.nextPlayoutNs()).isZero();
            pacer.onSent(START_NS);
            assertThat(pacer.waitNs(START_NS)).isEqualTo(ns(20));
        }
    }

    @Nested
    class WithALead {

        private final TxPacer pacer = pacer(40);

        @Test
        void shouldBuildTheLeadAtOnceAndThenKeepTheCadence() {
            assertThat(sentEveryMs(pacer, 0, 100)).containsExactly(0L, 0L, 0L, 20L, 40L, 60L, 80L, 100L);
        }

        @Test
        void shouldCatchUpAfterAPauseThatTheLeadCovers() {
            assertThat(sentAtMs(pacer, 0, 20, 40, 75, 80, 100)).containsExactly(0L, 0L, 0L, 20L, 40L, 75L, 80L, 100L);
        }

        @Test
        void shouldRebuildTheLeadAfterAStallAndNoMore() {
            sentAtMs(pacer, 0);
            assertThat(sentAtMs(pacer, 500)).containsExactly(500L, 500L, 500L);
            assertThat(sentEveryMs(pacer, 501, 540)).containsExactly(520L, 540L);
        }

        @Test
        void shouldHaveCaughtUpInOneTurnAfterAnyPauseBelowAPtime() {
            sentAtMs(pacer, 0);
            assertThat(sentAtMs(pacer, 79)).containsExactly(79L, 79L, 79L);
            assertThat(sentEveryMs(pacer, 80, 120)).containsExactly(80L, 100L, 120L);
        }

        @Test
        void shouldNotPileUpThePeersBufferWhenAPlaybackFollowsAnother() {
            sentAtMs(pacer, 0);
            pacer.onPlaybackEnd();
            assertThat(pacer.isPlaying()).isFalse();
            assertThat(sentEveryMs(pacer, 1, 60)).containsExactly(20L, 40L, 60L);
        }

        @Test
        void shouldBuildANewLeadWhenTheOldPlaybackHasBeenHeard() {
            sentAtMs(pacer, 0);
            pacer.onPlaybackEnd();
            assertThat(sentAtMs(pacer, 60)).containsExactly(60L, 60L, 60L);
        }
    }

    @Nested
    class WhenTheSourceRunsDry {

        private final TxPacer pacer = pacer(0);

        @Test
        void shouldSayNothingBeforeAPlayback() {
            assertThat(pacer.decide(START_NS, false)).isEqualTo(WAIT);
        }

        @Test
        void shouldSayUnderrunOnceAPtimeAfterTheLastFrameWasHeard() {
            pacer.onSent(START_NS);
            assertThat(pacer.underrunNs()).isEqualTo(START_NS + ns(40));
            assertThat(pacer.decide(START_NS + ns(40) - 1, false)).isEqualTo(WAIT);
            assertThat(pacer.decide(START_NS + ns(40), false)).isEqualTo(UNDERRUN);
            assertThat(pacer.decide(START_NS + ns(40), false)).isEqualTo(WAIT);
            assertThat(pacer.decide(START_NS + ns(400), false)).isEqualTo(WAIT);
        }

        @Test
        void shouldSayItAgainForTheNextPlayback() {
            pacer.onSent(START_NS);
            pacer.decide(START_NS + ns(40), false);
            assertThat(pacer.onSent(START_NS + ns(50))).isZero();
            assertThat(pacer.decide(START_NS + ns(90), false)).isEqualTo(UNDERRUN);
        }

        @Test
        void shouldSayNothingAfterTheEndOfAPlayback() {
            pacer.onSent(START_NS);
            pacer.onPlaybackEnd();
            assertThat(pacer.decide(START_NS + ns(400), false)).isEqualTo(WAIT);
        }
    }

    @Nested
    class AtAClear {

        private final TxPacer pacer = pacer(40);

        @Test
        void shouldStandStillUntilTheNextFrame() {
            sentAtMs(pacer, 0);
            pacer.onClear();
            assertThat(pacer.isPlaying()).isFalse();
            assertThat(pacer.isAudibleAt(START_NS + 1)).isFalse();
            assertThat(pacer.decide(START_NS + ns(200), false)).isEqualTo(WAIT);
        }

        @Test
        void shouldBuildTheLeadAnewRightAfterIt() {
            sentAtMs(pacer, 0);
            pacer.onClear();
            assertThat(sentAtMs(pacer, 1)).containsExactly(1L, 1L, 1L);
            assertThat(pacer.isAudibleAt(START_NS + ns(61) - 1)).isTrue();
            assertThat(pacer.isAudibleAt(START_NS + ns(61))).isFalse();
        }
    }

    @Test
    void shouldBeAudibleUntilThePeerHasPlayedAll() {
        TxPacer pacer = pacer(40);
        assertThat(pacer.isAudibleAt(START_NS)).isFalse();
        sentAtMs(pacer, 0);
        pacer.onPlaybackEnd();
        assertThat(pacer.isAudibleAt(START_NS + ns(60) - 1)).isTrue();
        assertThat(pacer.isAudibleAt(START_NS + ns(60))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 20_000_000, 45_000_000, 60_000_000})
    void shouldKeepItsCadenceWhenTheClockOverflows(long beforeOverflowNs) {
        TxPacer pacer = pacer(40);
        long startNs = Long.MAX_VALUE - beforeOverflowNs;
        List<Long> sent = new ArrayList<>();
        for (long ms = 0; ms <= 100; ms++) {
            while (pacer.decide(startNs + ns(ms), true) == SEND) {
                assertThat(pacer.onSent(startNs + ns(ms))).isZero();
                sent.add(ms);
            }
        }
        assertThat(sent).containsExactly(0L, 0L, 0L, 20L, 40L, 60L, 80L, 100L);
        assertThat(pacer.decide(startNs + ns(179), false)).isEqualTo(WAIT);
        assertThat(pacer.decide(startNs + ns(180), false)).isEqualTo(UNDERRUN);
    }

    /**
     * In any window of W ms without a clear at most W / ptime + 1 + lead / ptime frames go, and one more: a stall of less
     * than a ptime leaves the peer's clock, which stood still, so much behind ours.
     */
    @Test
    void shouldNeverBeFurtherAheadThanTheLeadAtRandomWakeUps() {
        Seeds.forEach(3000, (seed, random) -> {
            int leadFrames = random.nextInt(6);
            TxPacer pacer = pacer(leadFrames * 20L);
            List<Long> sentNs = new ArrayList<>();
            long nowNs = random.nextLong();
            for (int turn = 0; turn < 150; turn++) {
                nowNs += random.nextInt(15) == 0 ? ns(random.nextInt(200)) : random.nextLong(ns(12));
                boolean dry = random.nextInt(10) == 0;
                if (dry) {
                    pacer.decide(nowNs, false);
                } else {
                    while (pacer.decide(nowNs, true) == SEND) {
                        pacer.onSent(nowNs);
                        sentNs.add(nowNs);
                    }
                    assertThat(pacer.waitNs(nowNs)).isPositive();
                }
                if (random.nextInt(20) == 0) {
                    pacer.onPlaybackEnd();
                }
            }
            for (int first = 0; first < sentNs.size(); first++) {
                for (int last = first; last < Math.min(first + 40, sentNs.size()); last++) {
                    long windowNs = sentNs.get(last) - sentNs.get(first);
                    assertThat(last - first + 1L)
                            .as("frames in a window of %d ns", windowNs)
                            .isLessThanOrEqualTo(windowNs / ns(20) + 1 + leadFrames + 1);
                }
            }
        });
    }

    private static TxPacer pacer(long leadMs) {
        return new TxPacer(new TxPacing(Ptime.MS_20, Duration.ofMillis(leadMs)));
    }

    private static List<Long> sentAtMs(TxPacer pacer, long... turnsMs) {
        List<Long> sent = new ArrayList<>();
        for (long ms : turnsMs) {
            while (pacer.decide(START_NS + ns(ms), true) == SEND) {
                pacer.onSent(START_NS + ns(ms));
                sent.add(ms);
            }
        }
        return sent;
    }

    private static List<Long> sentEveryMs(TxPacer pacer, long fromMs, long toMs) {
        List<Long> sent = new ArrayList<>();
        for (long ms = fromMs; ms <= toMs; ms++) {
            sent.addAll(sentAtMs(pacer, ms));
        }
        return sent;
    }
}
