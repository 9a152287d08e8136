package io.steadyline.call;

import static io.steadyline.testkit.SimulatedTime.ns;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.AudioFormat;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.CallMoment.DrainEntered;
import io.steadyline.signal.CallMoment.DrainLeft;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.Track;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.QueueName;
import io.steadyline.telemetry.RxMode;
import io.steadyline.testkit.CallHarness;
import io.steadyline.testkit.FakeRecogniser;
import io.steadyline.testkit.Frames;
import io.steadyline.testkit.SimulatedTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Caller audio from the socket to the recogniser, through a whole call. */
class RxPathTest {

    private final CallHarness harness = new CallHarness(CallSettings.DEFAULT);

    @Nested
    class WithARecogniserThatKeepsUp {

        private final FakeRecogniser.Session stt = harness.start().recogniser.session();

        @Test
        void shouldHandEachFrameOnAsItComes() {
            harness.callerSpeaks(2000);
            assertThat(stt.heardNumbers()).isEqualTo(numbers(0, 100));
            assertThat(harness.observer.sttWritesNs()).hasSize(100).containsOnly(0L);
            assertThat(harness.observer.seconds()).hasSize(2).allSatisfy(second -> {
                assertThat(second.rx().mode()).isEqualTo(RxMode.NORMAL);
                assertThat(second.rx().fpsIn()).isEqualTo(50);
                assertThat(second.rx().depthFrames()).isZero();
                assertThat(second.rx().drops()).isZero();
                assertThat(second.rx().written()).isEqualTo(50);
                assertThat(second.rx().refusals()).isZero();
                assertThat(second.loopLatenessMs()).isZero();
            });
        }

        @Test
        void shouldLetTheAgentHearEachFrameAtOnce() {
            harness.callerBurst(10);
            assertThat(harness.agent.session().heard())
                    .extracting(Frames::numberOf)
                    .isEqualTo(numbers(0, 10));
        }

        @Test
        void shouldHandOnAtOnceWhatComesALittleEarly() {
            harness.callerFrame();
            harness.time.advance(15);
            harness.callerFrame();
            assertThat(stt.heardNumbers()).isEqualTo(numbers(0, 2));
        }

        @Test
        void shouldHoldBackWhatComesEarlier() {
            harness.callerFrame();
            harness.time.advance(14);
            harness.callerFrame();
            assertThat(stt.heardNumbers()).hasSize(1);
            harness.time.advance(5);
            assertThat(stt.heardNumbers()).hasSize(1);
            harness.time.advance(1);
            assertThat(stt.heardNumbers()).hasSize(2);
        }

        @Test
        void shouldKeepTheScheduleAfterAnEarlyFrame() {
            harness.callerFrame();
            harness.time.advance(15);
            harness.callerFrame();
            harness.time.advance(15);
            harness.callerFrame();
            assertThat(stt.heardNumbers()).hasSize(2);
            harness.time.advance(10);
            assertThat(stt.heardNumbers()).hasSize(3);
        }

        @Test
        void shouldNotBeEarlyWithAFrameBehindAnother() {
            harness.callerBurst(2);
            harness.time.advance(16);
            harness.callerFrame();
            assertThat(stt.heardNumbers()).hasSize(1);
            harness.time.advance(4);
            assertThat(stt.heardNumbers()).hasSize(2);
        }

        @Test
        void shouldPaceABurstAFrameAPtime() {
            harness.callerBurst(5);
            assertThat(stt.heardNumbers()).isEqualTo(numbers(0, 1));
            harness.time.advance(19);
            assertThat(stt.heardNumbers()).hasSize(1);
            harness.time.advance(1);
            assertThat(stt.heardNumbers()).hasSize(2);
            harness.time.advance(60);
            assertThat(stt.heardNumbers()).isEqualTo(numbers(0, 5));
        }

        @Test
        void shouldDrainABurstOfAHundredFramesAndSayWhatItDid() {
            harness.time.advance(100);
            harness.callerFrame();
            harness.callerBurst(100);
            assertThat(harness.observer.moments(DrainEntered.class))
                    .containsExactly(new DrainEntered(harness.time.atMs(100), 100));
            assertThat(stt.heardNumbers()).hasSize(11);
            harness.time.advance(7);
            assertThat(harness.observer.moments(DrainLeft.class)).isEmpty();
            harness.time.advance(1);
            assertThat(harness.observer.moments(DrainLeft.class))
                    .containsExactly(new DrainLeft(harness.time.nowNs(), 20, harness.time.atMs(100), 80));
            assertThat(stt.heardNumbers()).hasSize(81);
            harness.time.advance(400);
            assertThat(stt.heardNumbers()).isEqualTo(numbers(0, 101));
        }

        @Test
        void shouldStayNormalAtNinetyNineFrames() {
            harness.callerFrame();
            harness.callerBurst(99);
            harness.time.advance(3000);
            assertThat(stt.heardNumbers()).hasSize(100);
            assertThat(harness.observer.moments(DrainEntered.class)).isEmpty();
        }

        @Test
        void shouldDrainALagThatHasStayedThreeSeconds() {
            harness.callerFrame();
            harness.callerBurst(22);
            harness.callerSpeaks(2980);
            assertThat(harness.call().queues().getFirst().depth()).isBetween(21, 22);
            assertThat(harness.observer.moments(DrainEntered.class)).isEmpty();
            harness.callerSpeaks(40);
            assertThat(harness.observer.moments(DrainEntered.class)).hasSize(1);
            assertThat(harness.observer.moments(DrainLeft.class)).hasSize(1);
            assertThat(harness.call().queues().getFirst().depth()).isLessThanOrEqualTo(4);
        }

        @Test
        void shouldCountAndNotHoardWhatADeadRecogniserNeverHears() {
            harness.callerSpeaks(200);
            stt.saysClosed();
            harness.callerSpeaks(1000);
            QueueCounts rx = harness.call().queues().getFirst();
            assertThat(rx.depth()).isZero();
            assertThat(rx.droppedClosed()).isBetween(49L, 50L);
            assertThat(harness.observer.moments(DrainEntered.class)).isEmpty();
        }

        @Test
        void shouldKeepItsGridAfterALateWakeUp() {
            harness.callerBurst(4);
            harness.time.jump(27);
            assertThat(stt.heardNumbers()).hasSize(2);
            harness.time.jump(12);
            assertThat(stt.heardNumbers()).hasSize(2);
            harness.time.jump(1);
            assertThat(stt.heardNumbers()).hasSize(3);
        }

        @Test
        void shouldNotBurstAfterAStallOfOurs() {
            harness.callerBurst(20);
            harness.time.jump(200);
            assertThat(stt.heardNumbers()).hasSize(2);
            harness.time.advance(20);
            assertThat(stt.heardNumbers()).hasSize(3);
        }

        @Test
        void shouldCutAndJoinOddChunks() {
            byte[] audio = new byte[3 * 160];
            for (int i = 0; i < 3; i++) {
                System.arraycopy(Frames.payload(i, AudioFormat.MULAW_8K), 0, audio, i * 160, 160);
            }
            harness.callerAudio(Arrays.copyOfRange(audio, 0, 7));
            harness.callerAudio(Arrays.copyOfRange(audio, 7, 7));
            assertThat(stt.heard()).isEmpty();
            harness.callerAudio(Arrays.copyOfRange(audio, 7, 330));
            harness.callerAudio(Arrays.copyOfRange(audio, 330, 480));
            harness.time.advance(40);
            assertThat(stt.heardNumbers()).isEqualTo(numbers(0, 3));
        }

        @Test
        void shouldPadTheLastWordAtTheEndOfTheStream() {
            harness.callerAudio(Arrays.copyOf(Frames.payload(5, AudioFormat.MULAW_8K), 80));
            harness.callerHangsUp();
            harness.time.advance(40);
            assertThat(stt.heard()).hasSize(1);
            byte[] payload = stt.heard().getFirst().payload();
            assertThat(Arrays.copyOf(payload, 80))
                    .isEqualTo(Arrays.copyOf(Frames.payload(5, AudioFormat.MULAW_8K), 80));
            assertThat(Arrays.copyOfRange(payload, 80, 160)).containsOnly(0xFF);
            assertThat(stt.heardEndOfInput()).isTrue();
        }

        @Test
        void shouldLeaveTheOtherTrackAlone() {
            harness.peerSays(new PeerEvent.Media(Track.OUTBOUND, 1, 0, new byte[160]));
            harness.time.advance(40);
            assertThat(stt.heard()).isEmpty();
            assertThat(harness.observer.moments(CallMoment.FirstFrame.class)).isEmpty();
        }

        @Test
        void shouldTellTheLongestGapBetweenTwoMessages() {
            harness.callerFrame();
            harness.time.advance(170);
            harness.callerSpeaks(840);
            assertThat(harness.observer.seconds().getFirst().rx().maxArrivalGapMs())
                    .isEqualTo(170);
        }

        @Test
        void shouldPadTheLastWordWhenTheAgentHangsUp() {
            harness.callerAudio(new byte[80]);
            harness.agent.session().line().hangUp("bye");
            harness.time.advance(100);
            assertThat(stt.heard()).hasSize(1);
        }

        @Test
        void shouldTellWhatThePeersNumberingMissed() {
            harness.loop.onMissing(harness.call(), 3);
            harness.loop.onMissing(harness.call(), 2);
            harness.time.advance(1000);
            assertThat(harness.observer.seconds().getFirst().rx().missing()).isEqualTo(5);
        }
    }

    @Nested
    class WithARecogniserThatOpensLate {

        @Test
        void shouldLoseNoFrameOfTheFirstTwoSeconds() {
            harness.recogniser.takeNothing();
            harness.start();
            harness.callerSpeaks(2000);
            harness.recogniser.session().take();
            harness.callerSpeaks(500);
            assertThat(harness.recogniser.session().heardNumbers()).isEqualTo(numbers(0, 125));
            assertThat(harness.observer.moments(DrainEntered.class)).isEmpty();
        }
    }

    @Nested
    class WithARecogniserThatHolds {

        private final FakeRecogniser.Session stt = harness.start().recogniser.session();

        @Test
        void shouldDrainAfterAHoldOfThreeSecondsWithoutLoss() {
            stt.hold();
            harness.callerSpeaks(3000);
            assertThat(harness.observer.moments(DrainEntered.class))
                    .containsExactly(new DrainEntered(harness.time.atMs(1980), 100));
            assertThat(harness.counts(QueueName.RX).depth()).isEqualTo(150);
            stt.release();
            harness.callerSpeaks(1000);
            assertThat(harness.observer.moments(DrainLeft.class))
                    .singleElement()
                    .satisfies(left -> {
                        assertThat(left.depthFrames()).isEqualTo(20);
                        assertThat(left.fromNs()).isEqualTo(harness.time.atMs(1980));
                        assertThat(left.framesDrained()).isBetween(130L, 135L);
                        assertThat(harness.time.msOf(left.atNs())).isBetween(3000.0, 3020.0);
                    });
            harness.time.advance(500);
            assertThat(stt.heardNumbers()).isEqualTo(numbers(0, 200));
            assertThat(harness.counts(QueueName.STT).refused()).isPositive();
            assertThat(harness.counts(QueueName.RX).dropped()).isZero();
            assertThat(harness.observer.seconds().get(3).rx().refusals()).isZero();
            assertThat(harness.observer.seconds().get(2).rx().refusals()).isPositive();
            assertThat(harness.observer.seconds())
                    .extracting(second -> second.rx().mode())
                    .startsWith(RxMode.NORMAL, RxMode.DRAIN, RxMode.DRAIN, RxMode.DRAIN);
        }

        @Test
        void shouldOfferTheRefusedFrameFirstAndSoonAgain() {
            stt.hold();
            harness.callerBurst(3);
            stt.release();
            assertThat(stt.heard()).isEmpty();
            harness.time.advance(4);
            assertThat(stt.heard()).isEmpty();
            harness.time.advance(1);
            assertThat(stt.heardNumbers()).isEqualTo(numbers(0, 1));
            harness.time.advance(19);
            assertThat(stt.heardNumbers()).hasSize(1);
            harness.time.advance(1);
            assertThat(stt.heardNumbers()).isEqualTo(numbers(0, 2));
        }

        @Test
        void shouldCountThePendingFrameAsQueued() {
            stt.hold();
            harness.callerBurst(3);
            assertThat(harness.counts(QueueName.RX))
                    .isEqualTo(new QueueCounts(QueueName.RX, 3, 0, 0, 0, 0, 0, 3, 3, 0));
        }

        @Test
        void shouldCountThePendingFrameAsLostWhenTheCallEnds() {
            stt.hold();
            harness.callerBurst(3);
            harness.processEnds();
            assertThat(harness.observer.lastQueues().getFirst())
                    .isEqualTo(new QueueCounts(QueueName.RX, 3, 0, 0, 0, 3, 0, 0, 3, 0));
        }
    }

    @Nested
    class WithARecogniserThatNeverTakes {

        @Test
        void shouldDropTheOldestAndCountThem() {
            harness.recogniser.takeNothing();
            harness.start();
            harness.callerSpeaks(10_000);
            QueueCounts rx = harness.counts(QueueName.RX);
            QueueCounts stt = harness.counts(QueueName.STT);
            assertThat(rx.in()).isEqualTo(500);
            assertThat(rx.isBalanced()).isTrue();
            assertThat(stt.isBalanced()).isTrue();
            assertThat(rx.depth()).isEqualTo(199);
            assertThat(stt.depth()).isEqualTo(200);
            assertThat(rx.dropped() + stt.dropped()).isEqualTo(101);
            assertThat(stt.droppedOverflow()).isEqualTo(101);
            long told = harness.observer.seconds().stream()
                    .map(CallSecond::rx)
                    .mapToLong(second -> second.drops())
                    .sum();
            assertThat(told).isEqualTo(101);
            harness.recogniser.session().take();
            assertThat(harness.recogniser.session().heardNumbers()).startsWith(101L, 102L);
        }

        @Test
        void shouldDropAtTheReceivingQueueWhileTheRecogniserHolds() {
            harness.start().recogniser.session().hold();
            harness.callerSpeaks(5000);
            QueueCounts rx = harness.counts(QueueName.RX);
            assertThat(rx.in()).isEqualTo(250);
            assertThat(rx.droppedOverflow()).isEqualTo(49);
            assertThat(rx.depth()).isEqualTo(201);
            assertThat(harness.counts(QueueName.STT).dropped()).isZero();
        }
    }

    @Test
    void shouldTellHowLongTheHandOverTook() {
        AtomicLong ticks = new AtomicLong();
        CallHarness timed = new CallHarness(CallSettings.DEFAULT, () -> ticks.addAndGet(250_000)).start();
        timed.callerSpeaks(1000);
        assertThat(timed.observer.sttWritesNs()).hasSize(50).containsOnly(250_000L);
        assertThat(timed.observer.seconds().getFirst().rx().writeMs()).isEqualTo(0.25);
    }

    @Test
    void shouldKeepItsCadenceWhenTheClockOverflows() {
        CallHarness late =
                CallHarness.overflowingAfter(500, CallSettings.DEFAULT).start();
        late.callerBurst(4);
        late.callerSpeaks(1000);
        assertThat(late.recogniser.session().heardNumbers()).isEqualTo(numbers(0, 51));
        assertThat(late.observer.seconds()).singleElement().satisfies(second -> {
            assertThat(second.loopLatenessMs()).isZero();
            assertThat(second.rx().fpsIn()).isEqualTo(54);
        });
        assertThat(late.time.nowNs()).isNegative().isLessThan(Long.MIN_VALUE + ns(501));
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    @Test
    void shouldSayWhatALateLoopWas() {
        harness.start();
        harness.callerFrame();
        harness.time.jump(150);
        harness.time.advance(850);
        assertThat(harness.observer.seconds().getFirst().loopLatenessMs()).isEqualTo(125);
        assertThat(SimulatedTime.NS_PER_MS).isEqualTo(1_000_000);
    }
}
