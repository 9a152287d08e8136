package io.steadyline.stt.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.SpeechEvent;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.stt.runtime.SimulatedServer.Fate;
import io.steadyline.stt.runtime.SimulatedServer.Kind;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.VendorFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RecognitionTest {

    private static final Traits QUICK =
            Traits.of(VendorAudio.MULAW_8K).withCatchUpSpeed(4).withFlush();
    private static final SimulatedVendor ALPHA = new SimulatedVendor("alpha", QUICK);
    private static final SimulatedVendor BETA = new SimulatedVendor("beta", QUICK);

    private static SimulatedCall call(Function<Integer, Fate> fates, SimulatedVendor... vendors) {
        return new SimulatedCall(RuntimeSettings.DEFAULT, List.of(vendors), fates, 1);
    }

    private static SimulatedCall healthyCall(SimulatedVendor vendor) {
        return call(number -> Fate.NONE, vendor);
    }

    private static Function<Integer, Fate> first(Kind kind, int afterFrames) {
        return number -> number == 1 ? new Fate(kind, afterFrames) : Fate.NONE;
    }

    private static Set<Long> heardByAnybody(SimulatedCall call) {
        Set<Long> heard = new TreeSet<>();
        call.servers.forEach(server -> heard.addAll(server.heard()));
        return heard;
    }

    /** Each frame was heard, and each moment of the call is final once, in order. */
    private static void assertNothingLost(SimulatedCall call) {
        assertThat(heardByAnybody(call)).hasSize((int) call.frames());
        long endMs = 0;
        for (SpeechEvent.Final said : call.log.all(SpeechEvent.Final.class)) {
            assertThat(said.start()).hasMillis(endMs);
            endMs = said.end().toMillis();
        }
        assertThat(endMs).isEqualTo(call.frames() * 20);
        assertThat(call.log.all(SpeechEvent.Gap.class)).isEmpty();
    }

    @Nested
    class WithAHealthyVendor {

        @Test
        void shouldTellFinalsInAudioTimeAndCloseLast() {
            SimulatedCall call = healthyCall(ALPHA);
            call.speaks(3_500);
            call.ends();
            call.log.assertComplete();
            assertNothingLost(call);
            assertThat(call.connectedTo).containsExactly("ws://alpha");
        }

        @Test
        void shouldKeepAudioFromTheFirstFrameWhileTheVendorIsSlowToOpen() {
            SimulatedCall call = healthyCall(ALPHA);
            call.slowly(3_000, 100);
            call.speaks(6_000);
            call.ends();
            assertNothingLost(call);
        }

        @Test
        void shouldEndAnUtteranceWithItsWordsWhenTheEarsHearItsEnd() {
            SimulatedCall call = healthyCall(ALPHA);
            call.speaks(1_500);
            call.isSilent(2_500);
            List<SpeechEvent.UtteranceEnd> ends = call.log.all(SpeechEvent.UtteranceEnd.class);
            assertThat(ends).hasSize(1);
            assertThat(ends.getFirst().text()).isNotEmpty();
            assertThat(ends.getFirst().source()).isEqualTo(SpeechEvent.Source.LOCAL);
            call.ends();
        }

        @Test
        void shouldAnswerAFlushWithAFinal() {
            SimulatedCall call = healthyCall(ALPHA);
            call.speaks(700);
            call.flush();
            call.speaks(300);
            assertThat(call.log.all(SpeechEvent.Final.class))
                    .extracting(SpeechEvent.Final::cause)
                    .containsExactly(Cause.FLUSH);
            call.ends();
        }

        @Test
        void shouldSayTheSameSegmentFromInterimToFinal() {
            SimulatedCall call = healthyCall(ALPHA);
            call.speaks(2_200);
            call.ends();
            assertThat(call.log.all(SpeechEvent.Interim.class))
                    .extracting(SpeechEvent.Interim::segmentId)
                    .startsWith("s1", "s2");
            assertThat(call.log.all(SpeechEvent.Final.class))
                    .extracting(SpeechEvent.Final::segmentId)
                    .doesNotHaveDuplicates();
        }
    }

    @Nested
    class WhenAConnectionIsLost {

        @Test
        void shouldSendAgainWhatNobodyAnsweredFor() {
            for (Kind kind : List.of(Kind.DROPPED, Kind.CLOSED_FOR_RESTART, Kind.TALKS_NONSENSE)) {
                SimulatedCall call = call(first(kind, 120), ALPHA);
                call.speaks(8_000);
                call.ends();
                assertNothingLost(call);
                assertThat(call.servers).hasSize(2);
            }
        }

        @Test
        void shouldGiveUpAPeerThatStopsReadingWithinTheSdrain() {
            SimulatedCall call = call(first(Kind.STOPS_READING, 120), ALPHA);
            call.speaks(4_700);
            assertThat(call.servers).hasSize(2);
            call.speaks(4_000);
            call.ends();
            assertNothingLost(call);
        }

        @Test
        void shouldGiveUpAVendorThatHearsSpeechAndSaysNothing() {
            SimulatedCall call = call(first(Kind.MUTE, 250), ALPHA, BETA);
            call.speaks(10_000);
            assertThat(call.connectedTo).containsExactly("ws://alpha", "ws://beta");
            call.speaks(4_000);
            assertThat(call.waiting()).isLessThan(20);
            call.ends();
            assertNothingLost(call);
            assertThat(call.log.all(SpeechEvent.Failure.class))
                    .extracting(SpeechEvent.Failure::category)
                    .containsExactly("STUCK");
        }

        @Test
        void shouldGoOnWithTheNextVendorWhenTheFirstNeverOpens() {
            SimulatedCall call = call(first(Kind.NEVER_OPENS, 0), ALPHA, BETA);
            call.speaks(7_000);
            assertThat(call.connectedTo).containsExactly("ws://alpha", "ws://beta");
            call.speaks(4_000);
            call.ends();
            assertNothingLost(call);
        }

        @Test
        void shouldSayWhichAudioIsLostWhenNobodyIsThereForLong() {
            SimulatedCall call = call(number -> new Fate(Kind.REFUSED, 0), ALPHA);
            call.speaks(15_000);
            call.ends();
            call.log.assertComplete();
            assertThat(heardByAnybody(call)).isEmpty();
            List<SpeechEvent.Gap> gaps = call.log.all(SpeechEvent.Gap.class);
            assertThat(gaps.getFirst().from()).isZero();
            // What waits before the recogniser's queue is counted there.
            assertThat(gaps.getLast().to()).hasMillis(4_000);
        }

        @Test
        void shouldNotStormAVendorThatIsDown() {
            SimulatedCall call = call(number -> new Fate(Kind.REFUSED, 0), ALPHA);
            call.speaks(28_000);
            assertThat(call.servers).hasSizeLessThanOrEqualTo(4);
            assertThat(call.lanes.getFirst().gate().state()).isEqualTo(VendorGate.State.OPEN);
            call.ends();
        }
    }

    @Nested
    class WhenAConnectionGrowsOld {

        private final SimulatedVendor shortLived =
                new SimulatedVendor("alpha", QUICK.withMaxSession(Duration.ofSeconds(10)));

        @Test
        void shouldOpenAnotherOneBeforeItsEndAndLoseNoWord() {
            SimulatedCall call = healthyCall(shortLived);
            call.speaks(8_000);
            call.isSilent(1_500);
            call.speaks(9_000);
            call.isSilent(1_000);
            call.ends();
            assertThat(call.servers).hasSize(3);
            assertNothingLost(call);
            assertThat(call.log.all(SpeechEvent.Failure.class)).isEmpty();
        }

        @Test
        void shouldNotWaitForAPauseThatDoesNotCome() {
            SimulatedCall call = healthyCall(shortLived);
            call.speaks(25_000);
            call.ends();
            assertThat(call.servers).hasSizeGreaterThanOrEqualTo(3);
            assertNothingLost(call);
        }
    }

    @Test
    void shouldComeBackToTheFirstVendorInAPause() {
        SimulatedCall call = call(first(Kind.MUTE, 100), ALPHA, BETA);
        call.speaks(12_000);
        assertThat(call.connectedTo).containsExactly("ws://alpha", "ws://beta");
        for (int second = 0; second < 30; second++) {
            call.speaks(500);
            call.isSilent(1_500);
        }
        assertThat(call.connectedTo).containsExactly("ws://alpha", "ws://beta", "ws://alpha");
        call.ends();
        assertThat(heardByAnybody(call)).hasSize((int) call.frames());
    }

    @Test
    void shouldPromoteTheInterimTextWhenTheVendorDoesNotEnd() {
        List<String> texts = new ArrayList<>();
        SimulatedCall call = call(first(Kind.MUTE, 76), ALPHA);
        call.speaks(1_700);
        call.ends();
        call.log.all(SpeechEvent.Final.class).forEach(said -> texts.add(said.cause() + " " + said.text()));
        assertThat(texts).last().asString().startsWith("PROMOTED");
        call.log.assertComplete();
    }

    @Test
    void shouldAskTheNextVendorWhenTheCodeOfTheFirstFails() {
        SimulatedCall call =
                new SimulatedCall(RuntimeSettings.DEFAULT, List.of(new UnusableVendor(), BETA), number -> Fate.NONE, 1);
        call.speaks(3_000);
        call.ends();
        assertThat(call.connectedTo).containsExactly("ws://beta");
        assertThat(call.log.all(SpeechEvent.Failure.class))
                .extracting(SpeechEvent.Failure::category)
                .containsExactly("CONFIG");
        assertNothingLost(call);
    }

    @Test
    void shouldAskAgainForAFinalThatWasLostWithItsConnection() {
        SimulatedCall call = call(first(Kind.DROPPED, 40), ALPHA);
        call.speaks(700);
        call.flush();
        call.isSilent(1_200);
        assertThat(call.servers).hasSize(2);
        assertThat(call.log.all(SpeechEvent.Final.class)).isNotEmpty();
        call.ends();
        assertNothingLost(call);
    }

    @Test
    void shouldNotOpenAConnectionForACallThatIsOver() {
        SimulatedCall call = call(first(Kind.MUTE, 1), ALPHA, BETA);
        call.speaks(500);
        call.ends();
        call.log.assertComplete();
        assertThat(call.connectedTo).containsExactly("ws://alpha");
    }

    @Test
    void shouldTellOnceThatAllVendorsAreLeftAloneThoughItHasAskedNone() {
        SimulatedCall call = call(number -> Fate.NONE, ALPHA, BETA);
        leaveAlone(call, 0);
        leaveAlone(call, 1);
        call.speaks(2_000);
        assertThat(call.servers).isEmpty();
        assertThat(call.log.all(SpeechEvent.Failure.class))
                .extracting(SpeechEvent.Failure::message)
                .containsExactly("alpha: left alone: too many");
        call.advance(30_000);
        assertThat(call.log.all(SpeechEvent.Ready.class)).hasSize(1);
        assertThat(call.log.all(SpeechEvent.Failure.class)).hasSize(1);
        call.ends();
    }

    @Test
    void shouldNotTellOfAVendorThatIsLeftAloneWhenTheNextOneListens() {
        SimulatedCall call = call(number -> Fate.NONE, ALPHA, BETA);
        leaveAlone(call, 0);
        call.speaks(2_000);
        assertThat(call.connectedTo).containsExactly("ws://beta");
        assertThat(call.log.all(SpeechEvent.Failure.class)).isEmpty();
        call.ends();
    }

    private static void leaveAlone(SimulatedCall call, int lane) {
        VendorGate gate = call.lanes.get(lane).gate();
        VendorGate.Pass pass = Objects.requireNonNull(gate.admit(call.nowNs()));
        pass.onFailure(new VendorFailure(FailureKind.RATE_LIMIT, "429", "too many"), -1, call.nowNs());
    }

    @Test
    void shouldLetOthersInAfterATrialThatEndedInOrder() {
        SimulatedCall call = healthyCall(ALPHA);
        VendorGate gate = call.lanes.getFirst().gate();
        VendorGate.Pass pass = Objects.requireNonNull(gate.admit(call.nowNs()));
        pass.onFailure(new VendorFailure(FailureKind.RATE_LIMIT, "429", ""), -1, call.nowNs());
        call.advance(30_100);
        assertThat(gate.state()).isEqualTo(VendorGate.State.TRYING);
        call.ends();
        assertThat(gate.state()).isEqualTo(VendorGate.State.CLOSED);
    }
}
