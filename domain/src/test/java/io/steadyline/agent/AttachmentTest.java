package io.steadyline.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.call.CallSettings;
import io.steadyline.media.AudioFormat;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.StreamMode;
import io.steadyline.testkit.CallHarness;
import io.steadyline.testkit.FakeDoor;
import io.steadyline.testkit.FakeDoor.Bot;
import io.steadyline.testkit.Frames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AttachmentTest {

    private static final long FILLER = 9000;
    private static final long FAREWELL = 8000;
    /** After which one is asked again when the last one had not stayed. */
    private static final long A_RETRY_MS = 220;

    private final FakeDoor door = new FakeDoor();
    private AttachedAgents agents = agents(AgentSettings.DEFAULT);
    private CallHarness harness = CallHarness.withAgents(CallSettings.DEFAULT, agents);

    private AttachedAgents agents(AgentSettings settings) {
        return new AttachedAgents(door, settings, false, _ -> "00-trace");
    }

    private void calls(AgentSettings settings) {
        agents = agents(settings);
        harness = CallHarness.withAgents(CallSettings.DEFAULT, agents);
    }

    private static AgentSettings settings(Duration waitLimit) {
        return new AgentSettings(
                Optional.of(CallHarness.greeting(FILLER, 2)),
                Duration.ofMillis(100),
                waitLimit,
                Optional.of(CallHarness.greeting(FAREWELL, 3)),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10));
    }

    private Bot firstBot(boolean acknowledges) {
        harness.start();
        Bot bot = door.search().taken("ada", acknowledges);
        harness.time.advance(1);
        return bot;
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    @Nested
    class AtTheStart {

        @Test
        void shouldAskForABotInTheTurnOfTheStart() {
            harness.start();
            assertThat(door.asked()).hasSize(1);
            assertThat(door.search().wanted().traceparent()).isEqualTo("00-trace");
            assertThat(door.search().wanted().preferred()).isEmpty();
        }

        @Test
        void shouldGiveTheBotWhatTheCallerSaidBeforeItCame() {
            harness.start();
            harness.callerSpeaks(60);
            harness.peerSays(new PeerEvent.Dtmf('5'));
            harness.callerSpeaks(40);
            Bot bot = door.search().taken("ada", false);
            harness.time.advance(1);
            harness.callerSpeaks(20);
            assertThat(bot.script()).isEqualTo("begin r0 r1 r2 r#1 Dtmf r3 r4 5");
            assertThat(bot.briefing().resumption()).isEmpty();
            assertThat(bot.briefing().nextSequence()).isEqualTo(1);
            assertThat(harness.observer.moments(CallMoment.AgentAttached.class))
                    .extracting(CallMoment.AgentAttached::agent)
                    .containsExactly("ada");
        }

        @Test
        void shouldAskAgainAfterARefusalLaterEachTime() {
            harness.start();
            door.search().refused("nobody is registered");
            harness.time.advance(199);
            assertThat(door.asked()).hasSize(1);
            harness.time.advance(20);
            assertThat(door.asked()).hasSize(2);
            door.search().refused("nobody is registered");
            harness.time.advance(300);
            assertThat(door.asked()).hasSize(2);
            harness.time.advance(120);
            assertThat(door.asked()).hasSize(3);
        }
    }

    @Nested
    class WhenTheBotBreaks {

        @Test
        void shouldReplayWhatItMissedInOrderAndSayThatItIsNoNewCall() {
            Bot first = firstBot(false);
            harness.callerSpeaks(40);
            first.seat().left("reset");
            harness.time.advance(1);
            harness.callerSpeaks(40);
            harness.peerSays(new PeerEvent.Dtmf('7'));
            harness.callerSpeaks(20);
            harness.time.advance(A_RETRY_MS);
            assertThat(door.search().wanted().preferred()).contains("ada");
            Bot second = door.search().taken("ada", false);
            harness.time.advance(1);
            harness.callerSpeaks(20);
            assertThat(first.script()).isEqualTo("begin 0 1");
            assertThat(second.script()).isEqualTo("begin r2 r3 r#1 Dtmf r4 5");
            assertThat(second.briefing().resumption()).isPresent();
            assertThat(second.briefing().resumption().orElseThrow().cause()).isEqualTo("reset");
            assertThat(harness.observer.moments(CallMoment.AgentDetached.class))
                    .extracting(CallMoment.AgentDetached::why)
                    .containsExactly("reset");
        }

        @Test
        void shouldReplayWhatWasSentAndNotAcknowledged() {
            Bot first = firstBot(true);
            harness.callerSpeaks(40);
            harness.peerSays(new PeerEvent.Dtmf('1'));
            harness.peerSays(new PeerEvent.Dtmf('2'));
            harness.callerSpeaks(40);
            first.seat().acknowledge(1, 2);
            harness.time.advance(1);
            first.seat().left("killed");
            harness.time.advance(A_RETRY_MS);
            Bot second = door.search().taken("ada", true);
            harness.time.advance(1);
            assertThat(second.script()).isEqualTo("begin r#2 Dtmf r3");
            assertThat(second.briefing().nextSequence()).isEqualTo(2);
            assertThat(second.briefing().lostFrames()).isZero();
        }

        @Test
        void shouldKeepNoMoreAudioThanTheWindowAndCountTheRest() {
            calls(settings(Duration.ofSeconds(30)));
            Bot first = firstBot(false);
            first.seat().left("reset");
            harness.time.advance(1);
            harness.callerSpeaks(1200);
            Bot second = door.search().taken("bob", false);
            harness.time.advance(1);
            assertThat(second.briefing().lostFrames()).isEqualTo(10);
            assertThat(second.told().get(1)).isEqualTo("r10");
            assertThat(second.told()).hasSize(51);
        }

        @Test
        void shouldPlayWhatItHadSaidAndThenTheFiller() {
            calls(settings(Duration.ofSeconds(30)));
            Bot bot = firstBot(false);
            bot.says(40);
            bot.seat().mark("end", 0);
            harness.time.advance(20);
            bot.seat().left("killed");
            harness.time.advance(1300);
            assertThat(harness.peer.frameNumbers().subList(0, 44))
                    .isEqualTo(IntStream.concat(IntStream.range(0, 40), IntStream.of(9000, 9001, 9000, 9001))
                            .mapToObj(Long::valueOf)
                            .toList());
            harness.peerReturns("m1");
            Bot next = door.search().taken("ada", false);
            harness.time.advance(1);
            assertThat(next.told()).contains("r#1 end:PLAYED");
            next.says(1);
            int before = harness.peer.frames().size();
            harness.time.advance(100);
            assertThat(harness.peer
                            .frameNumbers()
                            .subList(before, harness.peer.frames().size()))
                    .containsSubsequence(0L)
                    .hasSizeLessThanOrEqualTo(4);
        }

        @Test
        void shouldNotBeAskedForEverWhenEachBotLeavesAsSoonAsItComes() {
            calls(settings(Duration.ofSeconds(5)));
            harness.start();
            int comers = 0;
            for (int i = 0; i < 400 && harness.call().state().isLive(); i++) {
                if (door.asked().size() > comers) {
                    comers++;
                    door.search().taken("crashes", false).seat().left("crashed");
                }
                harness.callerSpeaks(20);
            }
            assertThat(comers).isBetween(4, 7);
            assertThat(harness.observer.ends()).extracting(CallEnd::reason).containsExactly(CallEnd.Reason.AGENT_LOST);
        }

        @Test
        void shouldLookForNobodyWhenItHasSaidGoodbye() {
            Bot bot = firstBot(false);
            harness.callerSpeaks(2_100);
            bot.says(100);
            bot.seat().hangUp("bye");
            bot.seat().left("its stream ended");
            harness.callerSpeaks(1_000);
            assertThat(door.asked()).hasSize(1);
            harness.callerSpeaks(2_000);
            assertThat(harness.peer.frameNumbers()).isEqualTo(numbers(0, 100));
            assertThat(harness.observer.ends())
                    .extracting(CallEnd::reason)
                    .containsExactly(CallEnd.Reason.AGENT_HANG_UP);
        }

        @Test
        void shouldIgnoreWhatItStillSays() {
            Bot first = firstBot(false);
            first.seat().left("reset");
            harness.time.advance(1);
            first.says(3);
            first.seat().hangUp("me");
            harness.time.advance(200);
            assertThat(harness.peer.frames()).isEmpty();
            assertThat(harness.call().state().isLive()).isTrue();
        }

        @Test
        void shouldGiveTheCallUpAfterTheLimitWithAFarewell() {
            calls(settings(Duration.ofSeconds(2)));
            harness.start();
            harness.time.advance(20);
            door.search().refused("nobody");
            for (int i = 0; i < 200; i++) {
                harness.callerSpeaks(20);
            }
            assertThat(harness.peer.frameNumbers()).endsWith(FAREWELL, FAREWELL + 1, FAREWELL + 2);
            assertThat(harness.observer.ends()).hasSize(1);
            CallEnd end = harness.observer.ends().getFirst();
            assertThat(end.reason()).isEqualTo(CallEnd.Reason.AGENT_LOST);
            assertThat(end.detail()).isEqualTo("no bot for 2000 ms: nobody");
            assertThat(door.search().isCancelled()).isTrue();
        }

        /** A loss that one bot was told of is not the next one's news. */
        @Test
        void shouldTellEachLossOnce() {
            calls(settings(Duration.ofSeconds(30)));
            Bot first = firstBot(false);
            first.seat().left("reset");
            harness.time.advance(1);
            harness.callerSpeaks(1_200);
            Bot second = door.search().taken("bob", false);
            harness.callerSpeaks(2_100);
            second.seat().left("reset");
            harness.callerSpeaks(100);
            Bot third = door.search().taken("bob", false);
            harness.time.advance(1);
            assertThat(second.briefing().lostFrames()).isPositive();
            assertThat(third.briefing().lostFrames()).isZero();
            assertThat(door.search().wanted().resumed()).isTrue();
        }

        @Test
        void shouldGiveTheNextBotTheContextAndWhatWasSaid() {
            Bot first = firstBot(false);
            first.seat().keep("turn 3".getBytes(StandardCharsets.UTF_8));
            first.seat().left("reset");
            harness.time.advance(A_RETRY_MS);
            Bot second = door.search().taken("ada", false);
            harness.time.advance(1);
            assertThat(second.briefing().context())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("turn 3");
        }
    }

    @Nested
    class WhenItSpeaks {

        @Test
        void shouldPaceABlastWithoutLossAndSlowItsSource() {
            calls(settings(Duration.ofSeconds(30)));
            Bot bot = firstBot(false);
            int sent = 0;
            while (bot.seat().isWritable()) {
                bot.says(50);
                sent += 50;
            }
            assertThat(sent).isEqualTo(500);
            int[] told = {0};
            bot.seat().onWritable(() -> told[0]++);
            harness.time.advance(20_000);
            assertThat(told[0]).isEqualTo(1);
            assertThat(harness.peer.frameNumbers()).isEqualTo(numbers(0, 500));
            assertThat(bot.playbacks().getFirst().mustWait()).isTrue();
        }

        @Test
        void shouldCutABotThatDoesNotHeedBackPressure() {
            calls(settings(Duration.ofSeconds(30)));
            Bot bot = firstBot(false);
            bot.says(1100);
            harness.time.advance(100);
            assertThat(harness.observer.moments(CallMoment.AgentDetached.class))
                    .singleElement()
                    .satisfies(gone -> assertThat(gone.why()).startsWith("does not heed back-pressure"));
            assertThat(bot.endedWhy()).startsWith("does not heed back-pressure");
            assertThat(harness.call().state().isLive()).isTrue();
        }

        @Test
        void shouldCutAndJoinChunksOfAnySize() {
            Bot bot = firstBot(false);
            byte[] all = new byte[160 * 20];
            for (int i = 0; i < 20; i++) {
                System.arraycopy(Frames.payload(i, AudioFormat.MULAW_8K), 0, all, 160 * i, 160);
            }
            int[] cuts = {0, 1, 37, 300, 301, 999, 2500, all.length};
            for (int i = 1; i < cuts.length; i++) {
                bot.seat().audio(Arrays.copyOfRange(all, cuts[i - 1], cuts[i]), 0);
            }
            harness.time.advance(1000);
            assertThat(harness.peer.frameNumbers()).isEqualTo(numbers(0, 20));
        }

        @Test
        void shouldLeaveOutARiffHeaderAndSayItOnce() {
            Bot bot = firstBot(false);
            byte[] header = new byte[44];
            System.arraycopy("RIFF".getBytes(StandardCharsets.US_ASCII), 0, header, 0, 4);
            System.arraycopy("WAVEfmt ".getBytes(StandardCharsets.US_ASCII), 0, header, 8, 8);
            header[16] = 16;
            System.arraycopy("data".getBytes(StandardCharsets.US_ASCII), 0, header, 36, 4);
            byte[] file = Arrays.copyOf(header, 44 + 160);
            System.arraycopy(Frames.payload(5, AudioFormat.MULAW_8K), 0, file, 44, 160);
            bot.seat().audio(file, 0);
            harness.time.advance(500);
            bot.seat().audio(file.clone(), 0);
            harness.time.advance(500);
            assertThat(harness.peer.frameNumbers()).containsExactly(5L, 5L);
            assertThat(bot.warnings()).hasSize(1);
        }

        @Test
        void shouldForgetEverythingAtAClearHoweverMuchWaits() {
            Bot bot = firstBot(false);
            bot.says(200);
            bot.seat().mark("late", 0);
            harness.time.advance(100);
            int heard = harness.peer.frames().size();
            bot.seat().clear();
            bot.says(1);
            harness.time.advance(500);
            assertThat(harness.peer
                            .frameNumbers()
                            .subList(heard, harness.peer.frames().size()))
                    .containsExactly(200L);
            assertThat(bot.told()).contains("#1 late:INTERRUPTED");
        }

        @Test
        void shouldDropAudioOfAnEpochThatIsOver() {
            Bot bot = firstBot(false);
            long epoch = bot.briefing().epoch();
            bot.seat().clear();
            harness.time.advance(1);
            bot.seat().audio(Frames.payload(1, AudioFormat.MULAW_8K), epoch);
            bot.seat().mark("old", epoch);
            bot.seat().audio(Frames.payload(2, AudioFormat.MULAW_8K), epoch + 1);
            harness.time.advance(100);
            assertThat(harness.peer.frameNumbers()).containsExactly(2L);
            assertThat(bot.told()).contains("#1 Cleared", "#2 old:INTERRUPTED");
        }

        @Test
        void shouldPlayTheWholeGoodbyeBeforeItHangsUp() {
            Bot bot = firstBot(false);
            bot.says(100);
            bot.seat().hangUp("bye");
            for (int i = 0; i < 150; i++) {
                harness.callerSpeaks(20);
            }
            assertThat(harness.peer.frameNumbers()).isEqualTo(numbers(0, 100));
            assertThat(harness.observer.ends())
                    .extracting(CallEnd::reason)
                    .containsExactly(CallEnd.Reason.AGENT_HANG_UP);
            assertThat(bot.endedWhy()).isNotNull();
        }

        /** The provider's clock is a little behind ours: its last word was taken for an interruption. */
        @Test
        void shouldWaitForTheGoodbyesMarkBeforeItHangsUp() {
            Bot bot = firstBot(false);
            bot.says(20);
            bot.seat().mark("goodbye", 0);
            bot.seat().hangUp("bye");
            harness.callerSpeaks(460);
            assertThat(harness.call().state().isLive()).isTrue();
            harness.peerReturns("m1");
            harness.callerSpeaks(40);
            harness.recogniser.session().saysClosed();
            harness.time.advance(100);
            assertThat(bot.told()).contains("#1 goodbye:PLAYED");
            assertThat(harness.observer.ends()).hasSize(1);
        }

        @Test
        void shouldPassAMarkBehindTheFrameThatItCutsInTwo() {
            Bot bot = firstBot(false);
            byte[] frame = Frames.payload(3, AudioFormat.MULAW_8K);
            bot.seat().audio(Arrays.copyOf(frame, 100), 0);
            bot.seat().mark("middle", 0);
            bot.seat().audio(Arrays.copyOfRange(frame, 100, 160), 0);
            harness.time.advance(100);
            assertThat(harness.peer.script()).isEqualTo("3 mark(m1)");
        }
    }

    @Nested
    class WhenNothingCanBePlayed {

        @Test
        void shouldHangUpAlthoughItsAudioIsDropped() {
            harness.start(StreamMode.LISTEN_ONLY);
            Bot bot = door.search().taken("ada", false);
            bot.says(100);
            bot.seat().mark("m", 0);
            bot.seat().hangUp("bye");
            harness.time.advance(3_000);
            assertThat(bot.told()).contains("#1 m:INTERRUPTED");
            assertThat(bot.seat().isWritable()).isTrue();
            assertThat(harness.observer.ends())
                    .extracting(CallEnd::reason)
                    .containsExactly(CallEnd.Reason.AGENT_HANG_UP);
        }

        @Test
        void shouldGiveUpThoughThereIsAFarewell() {
            calls(settings(Duration.ofSeconds(1)));
            harness.start(StreamMode.LISTEN_ONLY);
            harness.callerSpeaks(4_000);
            assertThat(harness.observer.ends()).extracting(CallEnd::reason).containsExactly(CallEnd.Reason.AGENT_LOST);
        }
    }

    @Nested
    class WhenItIsMoved {

        @Test
        void shouldStayWithTheOldBotUntilTheNewOneHasTakenIt() {
            Bot old = firstBot(false);
            assertThat(agents.move(CallHarness.CALL_ID, "bob")).isTrue();
            harness.time.advance(20);
            assertThat(door.search().wanted().only()).contains("bob");
            harness.callerSpeaks(40);
            assertThat(old.script()).isEqualTo("begin 0 1");
            Bot bob = door.search().taken("bob", false);
            harness.time.advance(20);
            harness.callerSpeaks(20);
            assertThat(old.endedWhy()).isEqualTo("moved to bob");
            assertThat(bob.script()).isEqualTo("begin 2");
            assertThat(bob.briefing().resumption()).isPresent();
        }

        @Test
        void shouldStayWithTheOldBotWhenTheNewOneRefuses() {
            Bot old = firstBot(false);
            agents.move(CallHarness.CALL_ID, "bob");
            harness.time.advance(20);
            door.search().refused("no such bot");
            harness.time.advance(20);
            harness.callerSpeaks(20);
            assertThat(old.script()).isEqualTo("begin 0");
            assertThat(agents.views())
                    .singleElement()
                    .satisfies(view -> assertThat(view.agent()).contains("ada"));
        }
    }

    @Test
    void shouldEndTheBotAndTheSearchWithTheCall() {
        Bot bot = firstBot(false);
        agents.move(CallHarness.CALL_ID, "bob");
        harness.time.advance(20);
        harness.callerHangsUp();
        harness.recogniser.session().saysClosed();
        harness.time.advance(3000);
        assertThat(bot.told()).last().asString().endsWith("Ended");
        assertThat(bot.endedWhy()).isNotNull();
        assertThat(door.search().isCancelled()).isTrue();
        assertThat(agents.views()).isEmpty();
        assertThat(agents.move(CallHarness.CALL_ID, "bob")).isFalse();
    }
}
