package io.steadyline.grpc.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.steadyline.agent.v1.Acknowledge;
import io.steadyline.agent.v1.AttendRequest;
import io.steadyline.agent.v1.AttendResponse;
import io.steadyline.agent.v1.AudioEncoding;
import io.steadyline.agent.v1.BargeIn;
import io.steadyline.agent.v1.BargeInPolicy;
import io.steadyline.agent.v1.Clear;
import io.steadyline.agent.v1.HangUp;
import io.steadyline.agent.v1.Hello;
import io.steadyline.agent.v1.KeepContext;
import io.steadyline.agent.v1.Mark;
import io.steadyline.agent.v1.Offer;
import io.steadyline.agent.v1.Open;
import io.steadyline.agent.v1.Redirect;
import io.steadyline.agent.v1.RegisterRequest;
import io.steadyline.agent.v1.SendDtmf;
import io.steadyline.grpc.TestCalls;
import io.steadyline.grpc.TestPlane;
import io.steadyline.grpc.Waits;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.AgentControl;
import io.steadyline.port.AgentDoor.Search;
import io.steadyline.port.AgentDoor.Wanted;
import io.steadyline.port.AgentLeg;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.MarkOutcome;
import io.steadyline.signal.Resumption;
import io.steadyline.signal.SpeechEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DoorTest {

    private static final CallFacts FACTS = TestCalls.live("CA1", 1).facts();
    private static final AgentLimits PATIENT = limits(40_000);
    private static final AgentLimits HURRIED = limits(1_000);
    private static final Open.Builder MULAW = Open.newBuilder().setCallerAudio(AudioEncoding.AUDIO_ENCODING_MULAW_8K);

    private GrpcAgentDoor door = new GrpcAgentDoor(PATIENT, "boot-1");
    private TestPlane plane = TestPlane.withDoor(AgentControl.none(), door);

    private static AgentLimits limits(long offerMs) {
        return new AgentLimits(
                1_000, Duration.ofMillis(offerMs), Duration.ofSeconds(30), Duration.ofSeconds(10), 2_048);
    }

    private void doorWith(AgentLimits limits) {
        plane.close();
        door = new GrpcAgentDoor(limits, "boot-1");
        plane = TestPlane.withDoor(AgentControl.none(), door);
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    private TestBot bot(String name) {
        return TestBot.named(name, plane.channel());
    }

    /** It wants no more offers, and the door knows it. */
    private void rest(TestBot bot) {
        bot.ready(false);
        Waits.until(() ->
                door.desk().bots(0).stream().anyMatch(view -> view.id().equals(bot.id()) && !view.ready()));
    }

    private FakeSeat seek() {
        FakeSeat seat = new FakeSeat();
        var _ = door.seek(wanted(Optional.empty(), Optional.empty()), seat);
        return seat;
    }

    private static Wanted wanted(Optional<String> preferred, Optional<String> only) {
        return new Wanted(FACTS, "00-trace", preferred, only);
    }

    private static AgentLeg.Briefing newCall() {
        return new AgentLeg.Briefing(FACTS, Optional.empty(), new byte[0], 1, 1, 0, 0);
    }

    private static AudioFrame frame(long position) {
        byte[] payload = new byte[160];
        Arrays.fill(payload, (byte) position);
        return new AudioFrame(payload, position);
    }

    private static SpeechEvent.Stamp stamp() {
        return new SpeechEvent.Stamp("builtin", 1, 1, Duration.ZERO);
    }

    private static AgentEvent saying(String text) {
        return new AgentEvent.Speech(new SpeechEvent.Final(
                stamp(),
                "s1",
                text,
                Duration.ofMillis(100),
                Duration.ofMillis(900),
                OptionalDouble.of(0.5),
                List.of(),
                SpeechEvent.Cause.ENDPOINT));
    }

    private static AgentEvent ended() {
        return new AgentEvent.Ended(new CallEnd(CallEnd.Party.CALLER, CallEnd.Reason.HANG_UP, "the caller hung up"));
    }

    @Nested
    class Finding {

        @Test
        void shouldOfferTheCallWithAllThatIsKnownOfIt() {
            TestBot sales = bot("sales");
            FakeSeat seat = seek();

            Offer offer = sales.nextOffer();

            assertThat(offer.getCall()).isEqualTo(LegMapper.call(FACTS));
            assertThat(offer.getCall().getParametersMap()).containsEntry("lang", "de");
            assertThat(offer.getAnswerWithinMs()).isEqualTo(40_000);
            assertThat(offer.getTraceparent()).isEqualTo("00-trace");
            assertThat(offer.getResumed()).isFalse();
            sales.accept(offer);
            var _ = sales.open(offer, MULAW, true);
            assertThat(seat.leg().agent()).isEqualTo(sales.id()).isEqualTo("sales#1");
        }

        @Test
        void shouldAskTheNextBotWhenOneDeclines() {
            TestBot one = bot("one");
            TestBot two = bot("two");
            FakeSeat seat = seek();

            one.decline(one.nextOffer(), "busy");
            var _ = two.takeNext();

            assertThat(seat.leg().agent()).isEqualTo(two.id());
        }

        @Test
        void shouldAskTheNextBotWhenOneAcceptsAndNeverOpens() {
            doorWith(HURRIED);
            TestBot one = bot("one");
            TestBot two = bot("two").takingAll(MULAW);
            FakeSeat seat = seek();

            one.accept(one.nextOffer());

            assertThat(seat.leg().agent()).isEqualTo(two.id());
        }

        @Test
        void shouldAskTheNextBotWhenOneGoesAwayWhileItIsAsked() {
            TestBot one = bot("one");
            TestBot two = bot("two");
            FakeSeat seat = seek();

            var _ = one.nextOffer();
            one.breakDown();
            var _ = two.takeNext();

            assertThat(seat.leg().agent()).isEqualTo(two.id());
        }

        @Test
        void shouldFindTheOneThatLivesAmongAHundred() {
            doorWith(HURRIED);
            List<TestBot> hanging = new ArrayList<>();
            var channel = plane.channel();
            for (int i = 0; i < 99; i++) {
                hanging.add(TestBot.named("hanging", channel));
            }
            TestBot alive = bot("alive").takingAll(MULAW);

            FakeSeat seat = seek();

            assertThat(seat.leg().agent()).isEqualTo(alive.id());
            assertThat(hanging)
                    .as("each asked once at most")
                    .allSatisfy(bot -> assertThat(bot.offers).hasSizeLessThanOrEqualTo(1));
            FakeSeat next = seek();
            assertThat(next.leg().agent()).as("who hangs is asked last").isEqualTo(alive.id());
        }

        @Test
        void shouldSayWhatBecameOfTheOffersWhenNobodyTakesTheCall() {
            doorWith(HURRIED);
            TestBot busy = bot("busy");
            var _ = bot("hanging");
            var _ = bot("hanging");

            FakeSeat seat = seek();
            busy.decline(busy.nextOffer(), "busy");

            assertThat(Waits.on(seat.refused)).isEqualTo("3 bots asked: 1 declined (busy), 2 did not answer");
        }

        @Test
        void shouldSayThatThereIsNobody() {
            assertThat(Waits.on(seek().refused)).isEqualTo("no bot is registered");

            rest(bot("resting"));
            assertThat(Waits.on(seek().refused)).isEqualTo("1 bot: 1 not ready");
        }

        @Test
        void shouldTakeBackTheOfferOfASearchThatIsCancelled() throws Exception {
            TestBot sales = bot("sales");
            FakeSeat seat = new FakeSeat();
            Search search = door.seek(wanted(Optional.empty(), Optional.empty()), seat);
            Offer offer = sales.nextOffer();

            search.cancel();

            assertThat(sales.withdrawn.take()).isEqualTo("nobody is wanted any more");
            BotCall late = sales.open(offer, MULAW, true);
            assertThat(late.endCode()).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(late.endReason()).isEqualTo("UNKNOWN_OFFER");
            assertThat(seat.leg).isNotDone();
            assertThat(seat.refused).isNotDone();
        }

        @Test
        void shouldGiveATokenToOneStreamOnly() {
            TestBot sales = bot("sales");
            FakeSeat seat = seek();
            Offer offer = sales.nextOffer();
            var _ = sales.open(offer, MULAW, true);
            var _ = seat.leg();

            assertThat(sales.open(offer, MULAW, true).endReason()).isEqualTo("UNKNOWN_OFFER");
        }

        @Test
        void shouldKeepTheCallsOfABotThatLeavesInOrder() {
            TestBot sales = bot("sales");
            FakeSeat seat = seek();
            BotCall call = sales.takeNext();
            AgentLeg leg = seat.leg();

            sales.leave();
            assertThat(Waits.on(sales.end).getStatus().getCode()).isEqualTo(Status.Code.OK);
            leg.begin(newCall());

            assertThat(call.next().hasStarted()).isTrue();
            assertThat(Waits.on(seek().refused)).isEqualTo("no bot is registered");
        }
    }

    @Nested
    class Talking {

        private final TestBot sales = bot("sales");
        private final FakeSeat seat = seek();

        private AgentLeg leg(BotCall call) {
            AgentLeg leg = seat.leg();
            leg.begin(newCall());
            assertThat(call.next().hasStarted()).isTrue();
            return leg;
        }

        @Test
        void shouldTellTheCallInOrder() {
            BotCall call = sales.takeNext();
            AgentLeg leg = seat.leg();

            leg.begin(new AgentLeg.Briefing(
                    FACTS,
                    Optional.of(new Resumption(1_500, 0, 40, "killed", true, List.of("hello"), List.of("m1"))),
                    new byte[] {1, 2},
                    7,
                    3,
                    4,
                    5));
            leg.onCallerFrame(frame(0), true);
            leg.on(7, saying("I want a refund"), true);
            leg.on(0, new AgentEvent.Speech(new SpeechEvent.Interim(stamp(), "s2", "and")), false);
            leg.on(8, new AgentEvent.BargedIn(4), false);
            leg.on(9, new AgentEvent.Cleared(5), false);
            leg.on(10, new AgentEvent.MarkSettled("m", MarkOutcome.PLAYED, 120), false);
            leg.on(
                    11,
                    new AgentEvent.Speech(new SpeechEvent.Usage(stamp(), Duration.ofMillis(3), Duration.ZERO)),
                    false);
            leg.onCallerFrame(frame(1), false);
            leg.onPlayback(new AgentLeg.Playback(100, 2_000, true));
            leg.warn("raw samples, please");
            leg.on(12, ended(), false);
            leg.end("the caller hung up");

            assertThat(call.endCode()).isEqualTo(Status.Code.OK);
            List<AttendResponse> heard = new ArrayList<>(call.heard);
            assertThat(heard)
                    .extracting(message -> message.getMessageCase().name())
                    .containsExactly(
                            "STARTED",
                            "AUDIO",
                            "FINAL",
                            "INTERIM",
                            "INTERRUPTED",
                            "INTERRUPTED",
                            "MARK",
                            "USAGE",
                            "AUDIO",
                            "PLAYBACK",
                            "WARNING",
                            "ENDED");
            assertThat(heard)
                    .extracting(AttendResponse::getSequence)
                    .containsExactly(0L, 0L, 7L, 0L, 8L, 9L, 10L, 11L, 0L, 0L, 0L, 12L);
            assertThat(heard.getFirst().getStarted().getBreak().getFinalsList()).containsExactly("hello");
            assertThat(heard.getFirst().getStarted().getBreak().getLostCallerAudioMs())
                    .isEqualTo(80);
            assertThat(heard.getFirst().getStarted().getContext()).isEqualTo(ByteString.copyFrom(new byte[] {1, 2}));
            assertThat(heard.get(1).getReplay()).isTrue();
            assertThat(heard.get(1).getAudio().getPayload()).isEqualTo(ByteString.copyFrom(frame(0).payload()));
            assertThat(heard.get(2).getFinal().getText()).isEqualTo("I want a refund");
            assertThat(heard.get(4).getInterrupted().getByCaller()).isTrue();
            assertThat(heard.get(5).getInterrupted().getByCaller()).isFalse();
            assertThat(heard.get(8).getReplay()).isFalse();
            assertThat(heard.get(11).getEnded().getReason()).isEqualTo("HANG_UP");
        }

        @Test
        void shouldNotLeadABotBackToADeadEpochByAReplay() {
            BotCall call = sales.takeNext();
            AgentLeg leg = seat.leg();
            leg.begin(new AgentLeg.Briefing(FACTS, Optional.empty(), new byte[0], 1, 5, 0, 0));

            leg.on(1, new AgentEvent.BargedIn(2), true);

            assertThat(call.next().getStarted().getEpoch()).isEqualTo(5);
            assertThat(call.next().getInterrupted().getEpoch()).isEqualTo(5);
        }

        @Test
        void shouldHandOnWhatTheBotSaysInOrder() {
            BotCall call = sales.takeNext(Open.newBuilder()
                    .setAcknowledges(true)
                    .setBargeIn(BargeIn.newBuilder()
                            .setPolicy(BargeInPolicy.BARGE_IN_POLICY_CLEAR_AFTER)
                            .setAfterMs(300)
                            .setDuringGreeting(true)));
            assertThat(seat.leg().acknowledges()).isTrue();
            seat.leg().begin(newCall());

            call.audio(new byte[100]);
            call.audio(new byte[60], 1);
            call.mark("m");
            call.say(AttendRequest.newBuilder()
                    .setClear(Clear.getDefaultInstance())
                    .build());
            call.say(AttendRequest.newBuilder()
                    .setKeepContext(KeepContext.newBuilder().setContext(ByteString.copyFromUtf8("note")))
                    .build());
            call.say(AttendRequest.newBuilder()
                    .setAcknowledge(Acknowledge.newBuilder().setSequence(4).setAudioPosition(-1))
                    .build());
            call.say(AttendRequest.newBuilder()
                    .setHangUp(HangUp.newBuilder().setReason("bye"))
                    .build());

            Waits.until(() -> seat.said.contains("hang up bye"));
            assertThat(seat.said)
                    .containsExactly(
                            "barge-in true after 300 greeting true",
                            "audio 100 in 0",
                            "audio 60 in 1",
                            "mark m in 0",
                            "clear",
                            "keep 4",
                            "done 4 -1",
                            "hang up bye");
        }

        @Test
        void shouldTranscodeBothWays() {
            BotCall call = sales.takeNext(Open.newBuilder()
                    .setCallerAudio(AudioEncoding.AUDIO_ENCODING_L16_16K)
                    .setAgentAudio(AudioEncoding.AUDIO_ENCODING_L16_24K));
            AgentLeg leg = leg(call);

            leg.onCallerFrame(frame(0), false);
            call.audio(new byte[48 * 100 + 1]);
            call.audio(new byte[48 * 100 - 1]);

            assertThat(call.next().getAudio().getPayload().size()).isEqualTo(640);
            Waits.until(() -> seat.audio().length == 1_600);
        }

        @Test
        void shouldNotSendAudioThatTheBotDoesNotWant() {
            BotCall call = sales.takeNext(Open.newBuilder());
            AgentLeg leg = leg(call);

            leg.onCallerFrame(frame(0), false);
            leg.warn("next");

            assertThat(call.next().hasWarning()).isTrue();
        }

        @Test
        void shouldWarnOfWhatTheProviderCannotDo() {
            BotCall call = sales.takeNext();
            var _ = leg(call);

            call.say(AttendRequest.newBuilder()
                    .setDtmf(SendDtmf.newBuilder().setDigits("12#"))
                    .build());
            call.say(AttendRequest.newBuilder()
                    .setRedirect(Redirect.newBuilder().setUrl("https://example.com"))
                    .build());

            assertThat(call.next().getWarning().getText())
                    .isEqualTo("dtmf: not sent, twilio takes no digits from a media stream");
            assertThat(call.next().getWarning().getText())
                    .isEqualTo("redirect: not done, twilio cannot be sent elsewhere by a media stream");
        }

        @Test
        void shouldWaitWithTheBotsAudioWhileTheCallWantsNone() {
            BotCall call = sales.takeNext();
            var _ = leg(call);
            seat.isWritable(false);

            call.audio(new byte[20_000]);
            call.mark("behind it");
            rest(sales);
            assertThat(seat.said).as("audio and what follows it").isEmpty();
            seat.isWritable(true);

            Waits.until(() -> seat.said.contains("mark behind it in 0"));
            assertThat(seat.said)
                    .containsExactly(
                            "audio 4000 in 1",
                            "audio 4000 in 1",
                            "audio 4000 in 1",
                            "audio 4000 in 1",
                            "audio 4000 in 1",
                            "mark behind it in 0");
        }

        @Test
        void shouldReleaseABotThatTheCallLetsGo() {
            BotCall call = sales.takeNext();
            AgentLeg leg = leg(call);

            leg.end("moved to support#2");

            assertThat(call.next().getReleased().getReason()).isEqualTo("moved to support#2");
            assertThat(call.endCode()).isEqualTo(Status.Code.OK);
            assertThat(seat.left).isNotDone();
        }

        @Test
        void shouldTellTheCallThatItsBotLeft() {
            BotCall call = sales.takeNext();
            var _ = leg(call);

            call.leave();

            assertThat(Waits.on(seat.left)).isEqualTo("it left the call");
            assertThat(call.endCode()).isEqualTo(Status.Code.OK);
        }

        @Test
        void shouldTellTheCallThatItsBotIsGone() {
            BotCall call = sales.takeNext();
            var _ = leg(call);

            call.breakDown();

            assertThat(Waits.on(seat.left)).isEqualTo("its connection broke");
        }

        @Test
        void shouldCutABotThatDoesNotRead() {
            Offer offer = sales.nextOffer();
            BotCall call =
                    sales.open(offer, Open.newBuilder().setCallerAudio(AudioEncoding.AUDIO_ENCODING_L16_24K), false);
            AgentLeg leg = seat.leg();
            leg.begin(newCall());

            int frames = 0;
            while (!seat.left.isDone() && frames < 100_000) {
                leg.onCallerFrame(frame(frames++), false);
            }

            assertThat(Waits.on(seat.left)).isEqualTo("does not read: more than 10000 ms of caller audio wait");
            call.readOn();
            assertThat(call.endCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(call.endReason()).isEqualTo("SLOW_READER");
            assertThat(call.endSentence())
                    .isEqualTo("the bot does not read: more than 10000 ms of caller audio wait (expected: a reader that"
                            + " keeps up with the caller)");
            assertThat(call.heard.size())
                    .as("frames that it got, of those sent before the cut")
                    .isLessThan(2_000);
        }

        @RepeatedTest(20)
        void shouldNotCallItABrokenConnectionWhenABotIsCutAtOnceForNotReading() {
            seat.onTaken = leg -> {
                leg.begin(newCall());
                for (int i = 0; i < 2_000; i++) {
                    leg.onCallerFrame(frame(i), false);
                }
            };

            var _ = sales.open(sales.nextOffer(), MULAW, false);

            assertThat(Waits.on(seat.left)).startsWith("does not read: ");
        }

        @Test
        void shouldCutABotThatReadsNoEvents() {
            BotCall call = sales.open(sales.nextOffer(), Open.newBuilder(), false);
            AgentLeg leg = seat.leg();
            leg.begin(newCall());

            for (int i = 1; !seat.left.isDone() && i < 1_000_000; i++) {
                leg.on(i, saying("the same again"), false);
            }

            assertThat(Waits.on(seat.left)).isEqualTo("does not read: more than 2048 events wait");
            call.readOn();
            assertThat(call.endReason()).isEqualTo("SLOW_READER");
        }

        @Test
        void shouldAllowAReplayOnTopOfTheBacklog() {
            BotCall call = sales.open(sales.nextOffer(), MULAW, false);
            AgentLeg leg = seat.leg();
            leg.begin(newCall());

            for (int i = 0; i < 6_000; i++) {
                leg.onCallerFrame(frame(i), true);
            }
            for (int i = 6_000; i < 6_450; i++) {
                leg.onCallerFrame(frame(i), false);
            }
            call.readOn();

            assertThat(call.next().hasStarted()).isTrue();
            for (int i = 0; i < 6_450; i++) {
                assertThat(call.next().getAudio().getPosition()).isEqualTo(i);
            }
            assertThat(seat.left).isNotDone();
        }
    }

    @Nested
    class Garbage {

        static Stream<Arguments> wrongMessages() {
            return Stream.of(
                    Arguments.of(
                            AttendRequest.getDefaultInstance(),
                            "message: none that is known here (expected: audio, mark, clear, dtmf, hang_up,"
                                    + " keep_context, acknowledge or redirect)"),
                    Arguments.of(
                            BotCall.open(Open.newBuilder().setToken("x")),
                            "message: open (expected: one open only, as the first message)"),
                    Arguments.of(
                            AttendRequest.newBuilder()
                                    .setAudio(io.steadyline.agent.v1.Audio.newBuilder()
                                            .setPayload(ByteString.copyFrom(new byte[262_145])))
                                    .build(),
                            "audio.payload: 262145 bytes (expected: at most 262144 bytes)"),
                    Arguments.of(
                            AttendRequest.newBuilder()
                                    .setAudio(io.steadyline.agent.v1.Audio.newBuilder()
                                            .setEpoch(2))
                                    .build(),
                            "audio.epoch: 2 (expected: 0, or an epoch that this stream has told: up to 1)"),
                    Arguments.of(
                            AttendRequest.newBuilder()
                                    .setMark(Mark.newBuilder().setName("m".repeat(257)))
                                    .build(),
                            "mark.name: 257 characters (expected: at most 256 characters)"),
                    Arguments.of(
                            AttendRequest.newBuilder()
                                    .setMark(Mark.newBuilder().setEpoch(-1))
                                    .build(),
                            "mark.epoch: -1 (expected: 0, or an epoch that this stream has told: up to 1)"),
                    Arguments.of(
                            AttendRequest.newBuilder()
                                    .setKeepContext(
                                            KeepContext.newBuilder().setContext(ByteString.copyFrom(new byte[65_537])))
                                    .build(),
                            "keep_context.context: 65537 bytes (expected: at most 65536 bytes)"),
                    Arguments.of(
                            AttendRequest.newBuilder()
                                    .setHangUp(HangUp.newBuilder().setReason("r".repeat(201)))
                                    .build(),
                            "hang_up.reason: 201 characters (expected: at most 200 characters)"),
                    Arguments.of(
                            AttendRequest.newBuilder()
                                    .setDtmf(SendDtmf.newBuilder().setDigits("12x"))
                                    .build(),
                            "dtmf.digits: 3 characters (expected: 1 to 64 of 0-9, A-D, * and #)"),
                    Arguments.of(
                            AttendRequest.newBuilder()
                                    .setAcknowledge(Acknowledge.getDefaultInstance())
                                    .build(),
                            "message: acknowledge (expected: open.acknowledges: true, for a bot that sends it)"));
        }

        @ParameterizedTest
        @MethodSource("wrongMessages")
        void shouldEndTheStreamAndLeaveTheCallToTheNext(AttendRequest message, String sentence) {
            TestBot sales = bot("sales");
            FakeSeat seat = seek();
            BotCall call = sales.takeNext();
            seat.leg().begin(newCall());

            call.say(message);

            assertThat(call.endSentence()).isEqualTo(sentence);
            assertThat(call.endCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(call.endReason()).isEqualTo("INVALID_FIELD");
            assertThat(Waits.on(seat.left)).isEqualTo(sentence);
        }

        static Stream<Arguments> wrongOpens() {
            return Stream.of(
                    Arguments.of(
                            Open.newBuilder().setCallerAudioValue(9),
                            "open.caller_audio: 9 (expected: an AudioEncoding, 0 to 4)"),
                    Arguments.of(
                            Open.newBuilder().setAgentAudioValue(-1),
                            "open.agent_audio: -1 (expected: an AudioEncoding, 0 to 4)"),
                    Arguments.of(
                            Open.newBuilder().setBargeIn(BargeIn.newBuilder().setPolicyValue(7)),
                            "open.barge_in.policy: 7 (expected: BARGE_IN_POLICY_OFF, BARGE_IN_POLICY_CLEAR or"
                                    + " BARGE_IN_POLICY_CLEAR_AFTER)"),
                    Arguments.of(
                            Open.newBuilder().setBargeIn(BargeIn.newBuilder().setAfterMs(10_001)),
                            "open.barge_in.after_ms: 10001 (expected: 0 to 10000)"));
        }

        @ParameterizedTest
        @MethodSource("wrongOpens")
        void shouldAskTheNextBotAtOnceAfterAWrongOpen(Open.Builder open, String sentence) {
            TestBot wrong = bot("wrong");
            TestBot right = bot("right");
            FakeSeat seat = seek();

            BotCall call = wrong.takeNext(open);
            assertThat(call.endSentence()).isEqualTo(sentence);
            assertThat(call.endReason()).isEqualTo("INVALID_FIELD");

            var _ = right.takeNext();
            assertThat(seat.leg().agent()).isEqualTo(right.id());
        }

        @Test
        void shouldWantOpenFirst() {
            BotCall call = BotCall.open(
                    plane.channel(),
                    AttendRequest.newBuilder()
                            .setClear(Clear.getDefaultInstance())
                            .build(),
                    true);

            assertThat(call.endSentence()).isEqualTo("message: clear (expected: open as the first message)");
        }

        @Test
        void shouldNotKnowAToken() {
            BotCall call =
                    BotCall.open(plane.channel(), BotCall.open(Open.newBuilder().setToken("guess")), true);

            assertThat(call.endCode()).isEqualTo(Status.Code.NOT_FOUND);
            assertThat(call.endReason()).isEqualTo("UNKNOWN_OFFER");
        }

        static Stream<Arguments> wrongRegistrations() {
            return Stream.of(
                    Arguments.of(
                            RegisterRequest.getDefaultInstance(),
                            "message: none that is known here (expected: hello, answer or readiness)"),
                    Arguments.of(
                            RegisterRequest.newBuilder()
                                    .setReadiness(io.steadyline.agent.v1.Readiness.getDefaultInstance())
                                    .build(),
                            "message: readiness (expected: hello as the first message)"),
                    Arguments.of(
                            hello(Hello.newBuilder().setName("a b").setCapacity(1)),
                            "hello.name: 'a b' (expected: 1 to 64 letters, digits, '.', '_' or '-')"),
                    Arguments.of(hello(Hello.newBuilder().setName("a")), "hello.capacity: 0 (expected: 1 to 100000)"));
        }

        private static RegisterRequest hello(Hello.Builder hello) {
            return RegisterRequest.newBuilder().setHello(hello).build();
        }

        @ParameterizedTest
        @MethodSource("wrongRegistrations")
        void shouldRefuseAWrongRegistration(RegisterRequest message, String sentence) {
            TestBot bot = new TestBot(plane.channel());

            bot.say(message);

            assertThat(Waits.on(bot.end).getStatus().getDescription()).isEqualTo(sentence);
            assertThat(TestPlane.details(Waits.on(bot.end)).getReason()).isEqualTo("INVALID_FIELD");
        }
    }

    @Nested
    class Stopping {

        @Test
        void shouldTellBotsAndCallsThatTheProcessStops() {
            TestBot sales = bot("sales");
            FakeSeat seat = seek();
            BotCall call = sales.takeNext();
            seat.leg().begin(newCall());
            FakeSeat waiting = seek();
            var _ = sales.nextOffer();

            door.close();

            assertThat(Waits.on(waiting.refused)).isEqualTo("the process is stopping");
            assertThat(TestPlane.details(Waits.on(sales.end)).getReason()).isEqualTo("STOPPING");
            assertThat(call.endCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(call.endReason()).isEqualTo("STOPPING");
            assertThat(Waits.on(seek().refused)).isEqualTo("the process is stopping");
            seat.leg().end("over");
        }

        @Test
        void shouldSayThatItIsNotTheDoor() {
            try (TestPlane other = TestPlane.loopback()) {
                TestBot bot = new TestBot(other.channel());

                assertThat(Waits.on(bot.end).getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
                assertThat(TestPlane.details(Waits.on(bot.end)).getReason()).isEqualTo("NOT_THE_DOOR");
            }
        }
    }
}
