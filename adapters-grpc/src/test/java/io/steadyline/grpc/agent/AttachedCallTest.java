package io.steadyline.grpc.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.steadyline.admin.v1.Agent;
import io.steadyline.admin.v1.AgentCall;
import io.steadyline.admin.v1.ListAgentsResponse;
import io.steadyline.agent.AgentSettings;
import io.steadyline.agent.AttachedAgents;
import io.steadyline.agent.v1.AttendRequest;
import io.steadyline.agent.v1.AttendResponse;
import io.steadyline.agent.v1.AudioEncoding;
import io.steadyline.agent.v1.BargeIn;
import io.steadyline.agent.v1.BargeInPolicy;
import io.steadyline.agent.v1.Clear;
import io.steadyline.agent.v1.KeepContext;
import io.steadyline.agent.v1.Open;
import io.steadyline.grpc.TestCalls;
import io.steadyline.grpc.TestPlane;
import io.steadyline.grpc.Waits;
import io.steadyline.grpc.client.AdminClient;
import io.steadyline.grpc.client.AdminFailure;
import io.steadyline.grpc.client.AdminTarget;
import io.steadyline.media.AudioFrame;
import io.steadyline.port.AgentSession;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Bots over real connections, and a real call's side of it; the test's thread is the media loop. */
class AttachedCallTest {

    private static final long TURN_NS = 20_000_000;
    private static final CallFacts FACTS = TestCalls.live("CA1", 1).facts();
    private static final Open.Builder MULAW = Open.newBuilder().setCallerAudio(AudioEncoding.AUDIO_ENCODING_MULAW_8K);

    /** Waits for bots longer than a slow machine makes it. */
    private static final AgentSettings PATIENT = new AgentSettings(
            Optional.empty(),
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            Optional.empty(),
            Duration.ofSeconds(10),
            Duration.ofSeconds(120));

    private final AtomicLong clock = new AtomicLong(1);
    private final GrpcAgentDoor door = new GrpcAgentDoor(AgentLimits.DEFAULTS, "boot-1");
    private final AttachedAgents agents = new AttachedAgents(door, PATIENT, false, facts -> "");
    private final TestPlane plane = TestPlane.withDoor(door.control(agents, clock::get), door);
    private final FakeLine line = new FakeLine();
    private final AgentSession call = agents.attach(FACTS, line);
    private final AdminClient admin = AdminClient.of(AdminTarget.plaintext("127.0.0.1", plane.plane.port()));
    private long frames;

    @BeforeEach
    void start() {
        plane.directory.put(TestCalls.live("CA1", 1));
        call.on(new AgentEvent.Started(FACTS));
        call.poll(clock.get());
    }

    @AfterEach
    void stop() {
        call.detach("the test is over");
        admin.close();
        plane.close();
    }

    /** The loop turns, without time going by, until the rest of the world has caught up. */
    private void until(Callable<Boolean> condition) {
        Waits.until(() -> {
            call.poll(clock.get());
            return condition.call();
        });
    }

    private void turn() {
        clock.addAndGet(TURN_NS);
        line.playOne();
        call.poll(clock.get());
    }

    private void callerFrame() {
        byte[] payload = new byte[160];
        Arrays.fill(payload, (byte) frames);
        call.onCallerFrame(new AudioFrame(payload, frames++));
        turn();
    }

    private void key(char digit) {
        call.on(new AgentEvent.Dtmf(digit, false));
    }

    /** A bot that has the call. */
    private BotCall attached(TestBot bot, Open.Builder open) {
        CompletableFuture<BotCall> taken = CompletableFuture.supplyAsync(() -> bot.takeNext(open));
        long before = attachedTimes(bot);
        // A search that found nobody is repeated after a while: time has to go on.
        Waits.until(() -> {
            turn();
            return taken.isDone() && attachedTimes(bot) > before;
        });
        return taken.join();
    }

    private long attachedTimes(TestBot bot) {
        return line.log.stream().filter(("attached " + bot.id())::equals).count();
    }

    private TestBot bot(String name) {
        return TestBot.named(name, plane.channel());
    }

    private static String text(AttendResponse message) {
        String replay = message.getReplay() ? " again" : "";
        return switch (message.getMessageCase()) {
            case AUDIO -> "frame " + message.getAudio().getPosition() + replay;
            case DTMF -> message.getSequence() + " key " + message.getDtmf().getDigit() + replay;
            case STARTED -> message.getStarted().getResumed() ? "resumed" : "started";
            case STREAM_LOST -> message.getSequence() + " stream lost" + replay;
            default -> message.getSequence() + " " + message.getMessageCase() + replay;
        };
    }

    @Nested
    class Replay {

        @Test
        void shouldGiveTheNextBotWhatNobodyHeardInTheOrderInWhichItHappened() {
            TestBot one = bot("one");
            BotCall first = attached(one, MULAW);
            callerFrame();
            key('1');
            assertThat(first.next(3))
                    .extracting(AttachedCallTest::text)
                    .containsExactly("started", "frame 0", "1 key 1");
            first.say(AttendRequest.newBuilder()
                    .setKeepContext(KeepContext.newBuilder().setContext(ByteString.copyFromUtf8("order 7")))
                    .build());
            one.leave();
            Waits.on(one.end);
            first.breakDown();
            until(() -> line.log.contains("detached its connection broke"));

            callerFrame();
            key('2');
            callerFrame();
            key('3');
            BotCall second = attached(bot("two"), MULAW);
            callerFrame();

            List<AttendResponse> heard = second.next(6);
            assertThat(heard)
                    .extracting(AttachedCallTest::text)
                    .containsExactly(
                            "resumed", "frame 1 again", "2 key 2 again", "frame 2 again", "3 key 3 again", "frame 3");
            assertThat(heard.getFirst().getStarted().getNextSequence()).isEqualTo(2);
            assertThat(heard.getFirst().getStarted().getBreak().getCause()).isEqualTo("its connection broke");
            assertThat(heard.getFirst().getStarted().getContext()).isEqualTo(ByteString.copyFromUtf8("order 7"));
        }

        @Test
        void shouldOfferTheCallToTheSameBotFirst() {
            TestBot one = bot("one");
            BotCall first = attached(one, MULAW);
            var _ = bot("two");
            var _ = bot("three");

            first.breakDown();
            until(() -> line.log.contains("detached its connection broke"));

            BotCall again = attached(one, MULAW);
            assertThat(again.next().getStarted().getResumed()).isTrue();
        }
    }

    @Nested
    class Playback {

        @Test
        void shouldPlayTenMinutesThatComeAtOnceWithoutLossAndHoldNoMoreThanItsBuffer() {
            Seeds.forEach(1, (seed, random) -> {
                byte[] tenMinutes = new byte[10 * 60 * 8_000];
                random.nextBytes(tenMinutes);
                BotCall bot = attached(bot("one"), MULAW);
                CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
                    for (int at = 0; at < tenMinutes.length; ) {
                        int to = Math.min(
                                tenMinutes.length, at + 160 * random.nextInt(1, AttendFields.MAX_PAYLOAD_BYTES / 160));
                        bot.audio(Arrays.copyOfRange(tenMinutes, at, to));
                        at = to;
                    }
                    bot.mark("end");
                });

                until(() -> bot.heard.stream()
                        .anyMatch(message -> message.getPlayback().getMustWait()));
                until(() -> {
                    for (int i = 0; i < 100; i++) {
                        turn();
                    }
                    return line.log.contains("mark end") && line.queuedFrames() == 0;
                });

                Waits.on(sent);
                assertThat(line.played.toByteArray()).isEqualTo(tenMinutes);
                long most = bot.heard.stream()
                        .filter(AttendResponse::hasPlayback)
                        .mapToLong(message -> message.getPlayback().getWaitingMs())
                        .max()
                        .orElseThrow();
                assertThat(most).as("ms of audio that waited").isBetween(120_000L, 122_000L);
            });
        }

        @Test
        void shouldAnswerAClearWithTheNewEpochAndDropWhatWasSaidBefore() {
            BotCall bot = attached(bot("one"), MULAW);
            assertThat(bot.next().getStarted().getEpoch()).isEqualTo(1);

            bot.audio(new byte[16_000], 1);
            bot.say(AttendRequest.newBuilder()
                    .setClear(Clear.getDefaultInstance())
                    .build());
            bot.audio(new byte[160], 1);
            bot.audio(new byte[320], 0);
            until(() -> bot.heard.stream().anyMatch(AttendResponse::hasInterrupted));
            AttendResponse answer = bot.heard.stream()
                    .filter(AttendResponse::hasInterrupted)
                    .findFirst()
                    .orElseThrow();
            assertThat(answer.getInterrupted().getEpoch()).isEqualTo(2);
            assertThat(answer.getInterrupted().getByCaller()).isFalse();
            assertThat(answer.getSequence()).isEqualTo(1);
            bot.mark("end");
            until(() -> line.log.contains("mark end"));
            assertThat(line.queuedFrames()).as("frames of the new epoch").isEqualTo(2);
        }

        @Test
        void shouldForgetTheBargeInOfABotThatIsGone() {
            TestBot bot = bot("one");
            BotCall one = attached(
                    bot,
                    Open.newBuilder().setBargeIn(BargeIn.newBuilder().setPolicy(BargeInPolicy.BARGE_IN_POLICY_OFF)));
            until(() -> line.log.contains("barge-in off"));
            one.breakDown();
            until(() -> line.log.contains("detached its connection broke"));

            attached(bot, MULAW);

            assertThat(line.log).contains("barge-in as set");
        }
    }

    @Nested
    class Operators {

        @Test
        void shouldSeeACallThatWaitsAndWhy() {
            until(() -> admin.agents().getCallsCount() == 1
                    && admin.agents().getCalls(0).getWhy().equals("no bot is registered"));
            clock.addAndGet(5_000_000_000L);

            ListAgentsResponse seen = admin.agents();

            assertThat(seen.getWaitingCalls()).isEqualTo(1);
            AgentCall waiting = seen.getCalls(0);
            assertThat(waiting.getCallId()).isEqualTo("CA1");
            assertThat(waiting.getAgent()).isEmpty();
            assertThat(waiting.getSince().getSeconds()).isEqualTo(5);
            assertThat(seen.getAgentsList()).isEmpty();
        }

        @Test
        void shouldSeeWhoHasWhichCall() {
            TestBot one = bot("one");
            attached(one, MULAW);

            ListAgentsResponse seen = admin.agents();

            assertThat(seen.getWaitingCalls()).isZero();
            assertThat(seen.getCalls(0).getAgent()).isEqualTo(one.id());
            Agent agent = seen.getAgents(0);
            assertThat(agent.getCallIdsList()).containsExactly("CA1");
            assertThat(agent.getRunning()).isEqualTo(1);
            assertThat(agent.getOffers().getAccepted()).isEqualTo(1);
        }

        @Test
        void shouldMoveACallToAnotherBotWithoutTheFirstNoticingBeforeIt() {
            BotCall first = attached(bot("one"), MULAW);
            TestBot two = bot("two");

            assertThat(admin.move("CA1", "two").getCallId()).isEqualTo("CA1");
            call.poll(clock.get());
            var offer = two.nextOffer();
            assertThat(offer.getResumed()).isTrue();
            callerFrame();
            assertThat(first.next(2)).extracting(AttachedCallTest::text).containsExactly("started", "frame 0");
            two.accept(offer);
            BotCall second = two.open(offer, MULAW, true);
            until(() -> line.log.contains("attached " + two.id()));

            assertThat(first.next().getReleased().getReason()).isEqualTo("moved to " + two.id());
            assertThat(second.next().getStarted().getResumed()).isTrue();
        }

        @Test
        void shouldLeaveACallWhereItIsWhenTheOtherBotDeclines() {
            BotCall first = attached(bot("one"), MULAW);
            TestBot two = bot("two");

            admin.move("CA1", "two");
            call.poll(clock.get());
            two.decline(two.nextOffer(), "no");
            until(() -> admin.agents().getAgentsList().stream()
                    .anyMatch(agent -> agent.getLastRefusal().equals("declined: no")));
            callerFrame();

            assertThat(first.next(2)).extracting(AttachedCallTest::text).containsExactly("started", "frame 0");
        }

        @Test
        void shouldOfferNothingToADrainedBotAndLeaveItsCalls() {
            TestBot one = bot("one");
            BotCall first = attached(one, MULAW);

            assertThat(admin.drainAgent("one", true).getAgents()).isEqualTo(1);
            TestBot two = bot("two");
            callerFrame();
            assertThat(first.next(2)).extracting(AttachedCallTest::text).containsExactly("started", "frame 0");
            first.breakDown();
            until(() -> line.log.contains("detached its connection broke"));
            attached(two, MULAW);

            assertThat(one.offers).as("offers to the drained one").isEmpty();
            assertThat(admin.agents().getAgentsList())
                    .extracting(Agent::getDrained)
                    .containsExactly(true, false);
        }

        @Test
        void shouldNameWhatItDoesNotKnow() {
            assertThatThrownBy(() -> admin.drainAgent("nobody", true))
                    .isInstanceOfSatisfying(
                            AdminFailure.class,
                            failure -> assertThat(failure.reason()).isEqualTo("UNKNOWN_AGENT"))
                    .hasMessageEndingWith(
                            "agent: 'nobody' (expected: id or name of a registered bot; none is registered)");
            assertThatThrownBy(() -> admin.move("CA1", "nobody"))
                    .isInstanceOfSatisfying(
                            AdminFailure.class,
                            failure -> assertThat(failure.reason()).isEqualTo("UNKNOWN_AGENT"));
            assertThatThrownBy(() -> admin.move("CA9", "nobody"))
                    .isInstanceOfSatisfying(
                            AdminFailure.class,
                            failure -> assertThat(failure.reason()).isEqualTo("UNKNOWN_SESSION"));
            assertThatThrownBy(() -> admin.drainAgent("", true))
                    .isInstanceOfSatisfying(
                            AdminFailure.class,
                            failure -> assertThat(failure.reason()).isEqualTo("INVALID_FIELD"));
        }
    }

    @Test
    void shouldEndTheStreamOfACallThatEnds() {
        BotCall bot = attached(bot("one"), MULAW);
        List<AttendResponse> heard = new ArrayList<>();

        call.on(new AgentEvent.Ended(new CallEnd(CallEnd.Party.CALLER, CallEnd.Reason.HANG_UP, "the caller hung up")));
        call.detach("the caller hung up");

        assertThat(Waits.on(bot.end).getStatus().isOk()).isTrue();
        bot.heard.drainTo(heard);
        assertThat(heard.getLast().getEnded().getDetail()).isEqualTo("the caller hung up");
    }
}
