package io.steadyline.call;

import static io.steadyline.signal.MarkOutcome.INTERRUPTED;
import static io.steadyline.signal.MarkOutcome.PLAYED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.media.AudioFrame;
import io.steadyline.queue.OfferOutcome;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.BadInput;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallEnd.Party;
import io.steadyline.signal.CallEnd.Reason;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.StreamMode;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.QueueName;
import io.steadyline.telemetry.TxSecond;
import io.steadyline.testkit.CallHarness;
import io.steadyline.testkit.FakeAgent;
import io.steadyline.testkit.Frames;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Agent audio from the bot to the socket, through a whole call. */
class TxPathTest {

    private final CallHarness harness = new CallHarness(CallSettings.DEFAULT).start();
    private final FakeAgent.Session agent = harness.agent.session();

    @Nested
    class Playing {

        @Test
        void shouldSendTheLeadAtOnceAndThenAFrameAPtime() {
            agent.plays(6);
            harness.time.advance(100);
            assertThat(harness.peer.frameNumbers()).isEqualTo(numbers(0, 6));
            assertThat(harness.peer.framesAtMs()).containsExactly(1L, 1L, 1L, 21L, 41L, 61L);
            assertThat(harness.observer.latenessesNs()).hasSize(6).containsOnly(0L);
        }

        @Test
        void shouldCatchUpAfterAPauseThatTheLeadCovers() {
            agent.plays(14);
            harness.time.jump(1);
            harness.time.jump(55);
            harness.time.jump(5);
            harness.time.jump(20);
            assertThat(harness.peer.framesAtMs()).containsExactly(1L, 1L, 1L, 56L, 56L, 61L, 81L);
            assertThat(harness.observer.latenessesNs()).containsExactly(0L, 0L, 0L, 35_000_000L, 15_000_000L, 0L, 0L);
        }

        @Test
        void shouldNotCallAFrameLateThatTheSourceBroughtLate() {
            for (int frame = 0; frame < 10; frame++) {
                agent.plays(1);
                harness.time.advance(20);
            }
            assertThat(harness.peer.frames()).hasSize(10);
            assertThat(harness.observer.latenessesNs()).containsOnly(0L);
        }

        @Test
        void shouldTellASecondOfFiftyFrames() {
            talkFor(3000);
            assertThat(harness.observer.seconds())
                    .extracting(CallSecond::tx)
                    .extracting(TxSecond::playing)
                    .containsExactly(false, true, true);
            assertThat(harness.observer.seconds().get(1).tx().fps()).isEqualTo(50);
            assertThat(harness.observer.seconds().get(2).tx().depthFrames()).isBetween(1, 15);
        }

        @Test
        void shouldTellAnUnderrunOnceAndNotHoldTheSecondToFifty() {
            talkFor(1000);
            harness.time.advance(1000);
            TxSecond dry = harness.observer.seconds().get(1).tx();
            assertThat(dry.underruns()).isEqualTo(1);
            assertThat(dry.playing()).isFalse();
        }

        @Test
        void shouldKnowTheEndOfAPlaybackFromAnUnderrun() {
            agent.plays(5);
            agent.endsPlayback();
            harness.time.advance(1000);
            assertThat(harness.observer.seconds().getFirst().tx().underruns()).isZero();
        }

        @Test
        void shouldDropTheOldestOfAnAgentThatDoesNotWaitAndCountIt() {
            for (int i = 0; i < 125; i++) {
                agent.offers();
            }
            assertThat(harness.counts(QueueName.TX).droppedOverflow()).isEqualTo(5);
            harness.time.advance(1000);
            assertThat(harness.peer.frameNumbers()).startsWith(5L, 6L);
            assertThat(harness.observer.seconds().getFirst().tx().drops()).isEqualTo(5);
        }

        @Test
        void shouldCountEachLossInItsOwnSecond() {
            for (int second = 0; second < 3; second++) {
                agent.line().clear();
                harness.time.advance(5);
                for (int i = 0; i < 130; i++) {
                    agent.offers();
                }
                harness.time.advance(995);
            }
            assertThat(harness.observer.seconds())
                    .extracting(second -> second.tx().drops())
                    .containsExactly(10L, 10L, 10L);
            assertThat(harness.observer.seconds().get(2).tx().cleared()).isEqualTo(68);
        }

        @Test
        void shouldTellHowLateTheLatestFrameOfASecondWas() {
            agent.plays(14);
            harness.time.jump(1);
            harness.time.jump(55);
            harness.time.advance(944);
            assertThat(harness.observer.seconds().getFirst().tx().maxLatenessMs())
                    .isEqualTo(35);
        }

        @Test
        void shouldNotHoldASecondToFiftyInWhichAPlaybackEnds() {
            talkFor(1500);
            agent.endsPlayback();
            harness.time.advance(310);
            talkFor(190);
            assertThat(harness.observer.seconds().get(1).tx().playing()).isFalse();
            assertThat(harness.observer.seconds().get(1).tx().underruns()).isZero();
        }

        @Test
        void shouldTellAnAgentThatItMayGoOn() {
            int[] told = new int[1];
            agent.line().onWritable(() -> told[0]++);
            agent.plays(14);
            assertThat(agent.line().isWritable()).isTrue();
            agent.plays(1);
            assertThat(agent.line().isWritable()).isFalse();
            harness.time.advance(80);
            assertThat(harness.counts(QueueName.TX).depth()).isEqualTo(9);
            assertThat(told[0]).isZero();
            harness.time.advance(1);
            assertThat(told[0]).isEqualTo(1);
            assertThat(agent.line().isWritable()).isTrue();
        }

        private void talkFor(long ms) {
            for (long talked = 0; talked < ms; talked += 20) {
                while (agent.line().isWritable()) {
                    agent.offers();
                }
                harness.time.advance(20);
            }
        }
    }

    @Nested
    class Marks {

        @Test
        void shouldPassWhenTheFramesBeforeThemHavePassed() {
            agent.plays(4);
            agent.marks("half");
            agent.plays(1);
            agent.marks("end");
            harness.time.advance(1);
            assertThat(harness.peer.script()).isEqualTo("0 1 2");
            harness.time.advance(20);
            assertThat(harness.peer.script()).isEqualTo("0 1 2 3 mark(m1)");
            harness.time.advance(20);
            assertThat(harness.peer.script()).isEqualTo("0 1 2 3 mark(m1) 4 mark(m2)");
        }

        @Test
        void shouldBeReportedPlayedWhenThePeerReturnsThem() {
            agent.plays(2);
            agent.marks("end");
            assertThat(harness.observer.moments(CallMoment.MarkSent.class)).isEmpty();
            harness.time.advance(20);
            assertThat(harness.observer.moments(CallMoment.MarkSent.class))
                    .extracting(CallMoment.MarkSent::name)
                    .containsExactly("end");
            harness.peerReturns("m1");
            assertThat(agent.events(AgentEvent.MarkSettled.class))
                    .containsExactly(new AgentEvent.MarkSettled("end", PLAYED, 40));
            assertThat(harness.observer.moments(CallMoment.MarkSettled.class))
                    .containsExactly(new CallMoment.MarkSettled(harness.time.nowNs(), "end", PLAYED));
        }

        @Test
        void shouldCountThePlayedTimeFromTheStartOfThePlayback() {
            agent.plays(2);
            agent.endsPlayback();
            agent.marks("first");
            harness.time.advance(100);
            agent.plays(3);
            agent.marks("second");
            harness.time.advance(100);
            agent.line().clear();
            harness.time.advance(20);
            agent.plays(1);
            agent.marks("third");
            harness.time.advance(20);
            harness.peerReturns("m3");
            assertThat(agent.events(AgentEvent.MarkSettled.class))
                    .containsExactly(
                            new AgentEvent.MarkSettled("first", INTERRUPTED, 40),
                            new AgentEvent.MarkSettled("second", INTERRUPTED, 60),
                            new AgentEvent.MarkSettled("third", PLAYED, 20));
        }

        @Test
        void shouldCountAReturnThatWasNeverSentAsBadInput() {
            harness.peerReturns("nonsense\n");
            assertThat(harness.observer.moments(CallMoment.InputRefused.class))
                    .singleElement()
                    .satisfies(refused -> {
                        assertThat(refused.reason()).isEqualTo(BadInput.UNKNOWN_MARK);
                        assertThat(refused.detail()).isEqualTo("'nonsense\\u000a' (expected: a mark that was sent)");
                    });
            harness.time.advance(1000);
            assertThat(harness.observer.seconds().getFirst().rx().refusedInput())
                    .isEqualTo(1);
            assertThat(agent.events(AgentEvent.MarkSettled.class)).isEmpty();
        }

        @Test
        void shouldCountASecondReturnOfAPlayedMarkAsBadInput() {
            agent.marks("end");
            harness.time.advance(1);
            harness.peerReturns("m1");
            harness.peerReturns("m1");
            assertThat(agent.events(AgentEvent.MarkSettled.class)).hasSize(1);
            assertThat(harness.observer.moments(CallMoment.InputRefused.class)).hasSize(1);
        }

        @Test
        void shouldLetAnAgentAnswerAMarkInTheNextTurn() {
            harness.agent.whenTold((session, event) -> {
                if (event instanceof AgentEvent.MarkSettled) {
                    session.plays(1);
                }
            });
            agent.marks("go");
            harness.time.advance(1);
            harness.time.advance(4);
            harness.peerReturns("m1");
            harness.time.advance(1);
            assertThat(harness.peer.framesAtMs()).containsExactly(6L);
        }

        @Test
        void shouldLetAnAgentAnswerAKeyInTheNextTurn() {
            harness.agent.whenTold((session, event) -> {
                if (event instanceof AgentEvent.Dtmf) {
                    session.plays(1);
                }
            });
            harness.time.advance(5);
            harness.peerSays(new PeerEvent.Dtmf('5'));
            harness.time.advance(1);
            assertThat(harness.peer.framesAtMs()).containsExactly(6L);
            assertThat(agent.events()).contains(new AgentEvent.Dtmf('5', false));
        }

        @Test
        void shouldReportAMarkThatStillWaitsAtTheEndOfTheCallAsInterrupted() {
            agent.plays(10);
            agent.marks("never reached");
            harness.time.advance(20);
            harness.processEnds();
            assertThat(agent.events(AgentEvent.MarkSettled.class))
                    .containsExactly(new AgentEvent.MarkSettled("never reached", INTERRUPTED, 60));
            assertThat(agent.events().getLast()).isInstanceOf(AgentEvent.Ended.class);
        }

        @Test
        void shouldRefuseANameThatIsTooLong() {
            assertThat(agent.marks("x".repeat(256))).isEqualTo(OfferOutcome.ACCEPTED);
            assertThatThrownBy(() -> agent.marks("x".repeat(257)))
                    .hasMessage("mark name: 257 characters (expected: at most 256)");
        }

        @Test
        void shouldWaitForRoomWhenThePeerTakesNoneOfThem() {
            harness.peer.stopTaking();
            for (int i = 0; i < 300; i++) {
                agent.marks("mark " + i);
                harness.time.advance(1);
            }
            assertThat(harness.counts(QueueName.SEND).controlDepth()).isEqualTo(256);
            assertThat(harness.counts(QueueName.TX).controlDepth()).isEqualTo(44);
            harness.peerTakesAgain();
            harness.time.advance(20);
            assertThat(harness.peer.marks()).hasSize(300).startsWith("m1", "m2").endsWith("m300");
        }

        @Test
        void shouldNotTakeABacklogForALateLoop() {
            harness.peer.stopTaking();
            for (int i = 0; i < 300; i++) {
                agent.marks("mark " + i);
                harness.time.advance(1);
            }
            harness.time.advance(1000);
            assertThat(harness.observer.seconds().getFirst().loopLatenessMs()).isLessThanOrEqualTo(1);
        }
    }

    @Nested
    class Clears {

        @Test
        void shouldForgetWhatIsQueuedAndTellThePeer() {
            agent.plays(10);
            harness.time.advance(1);
            agent.line().clear();
            harness.time.advance(20);
            assertThat(harness.peer.script()).isEqualTo("0 1 2 clear");
            assertThat(harness.counts(QueueName.TX).droppedCleared()).isEqualTo(7);
            harness.time.advance(1000);
            assertThat(harness.observer.seconds().getFirst().tx().cleared()).isEqualTo(7);
            assertThat(harness.observer.seconds().getFirst().tx().drops()).isZero();
        }

        @Test
        void shouldSendTheNextPlaybackAfterTheClearWithANewLead() {
            agent.plays(10);
            harness.time.advance(1);
            agent.line().clear();
            agent.plays(4);
            harness.time.advance(20);
            assertThat(harness.peer.script()).isEqualTo("0 1 2 clear 10 11 12");
            harness.time.advance(20);
            assertThat(harness.peer.script()).isEqualTo("0 1 2 clear 10 11 12 13");
        }

        @Test
        void shouldRefuseAudioOfADeadEpochHoweverLate() {
            long dead = agent.line().epoch();
            agent.line().clear();
            assertThat(agent.line().offer(Frames.numbered(1), dead)).isEqualTo(OfferOutcome.REFUSED_DEAD_EPOCH);
            assertThat(agent.line().mark("late", dead)).isEqualTo(OfferOutcome.REFUSED_DEAD_EPOCH);
            assertThat(agent.line().endPlayback(dead)).isEqualTo(OfferOutcome.REFUSED_DEAD_EPOCH);
        }

        @Test
        void shouldInterruptMarksInTheirOrderAndTakeLateReturnsForWhatTheyAre() {
            agent.plays(1);
            agent.marks("sent");
            agent.plays(10);
            agent.marks("queued");
            agent.endsPlayback();
            harness.time.advance(1);
            agent.line().clear();
            harness.time.advance(20);
            assertThat(agent.events(AgentEvent.MarkSettled.class))
                    .containsExactly(
                            new AgentEvent.MarkSettled("sent", INTERRUPTED, 20),
                            new AgentEvent.MarkSettled("queued", INTERRUPTED, 60));
            harness.peerReturns("m1");
            assertThat(agent.events(AgentEvent.MarkSettled.class)).hasSize(2);
            assertThat(harness.observer.moments(CallMoment.InputRefused.class)).isEmpty();
            assertThat(harness.peer.marks()).containsExactly("m1");
        }

        @Test
        void shouldOvertakeWhatTheSocketHasNotTaken() {
            harness.peer.stopTaking();
            agent.plays(10);
            agent.marks("unsent");
            harness.time.advance(500);
            agent.line().clear();
            agent.plays(1);
            harness.time.advance(20);
            harness.peerTakesAgain();
            assertThat(harness.peer.script()).isEqualTo("clear 10");
            assertThat(agent.events(AgentEvent.MarkSettled.class))
                    .containsExactly(new AgentEvent.MarkSettled("unsent", INTERRUPTED, 200));
            assertThat(harness.counts(QueueName.SEND).droppedCleared()).isEqualTo(10);
        }

        @Test
        void shouldCountWhatTheSocketHadNotTakenAsCleared() {
            harness.peer.stopTaking();
            agent.plays(10);
            harness.time.advance(500);
            agent.line().clear();
            harness.time.advance(500);
            assertThat(harness.observer.seconds().getFirst().tx().cleared()).isEqualTo(10);
        }

        @Test
        void shouldTellThePeerOnceForTwoClearsOfOneTurn() {
            agent.plays(4);
            harness.time.advance(1);
            agent.line().clear();
            agent.line().clear();
            harness.time.advance(20);
            assertThat(harness.peer.clears()).isEqualTo(1);
        }

        /** The listener stands for another thread that clears and plays while the loop sends. */
        @Test
        void shouldNotLoseAPlaybackThatBeginsWhileTheLoopSends() {
            boolean[] done = new boolean[1];
            agent.line().onWritable(() -> {
                if (!done[0]) {
                    done[0] = true;
                    agent.line().clear();
                    agent.plays(2);
                    agent.marks("new");
                }
            });
            agent.plays(15);
            harness.time.advance(200);
            assertThat(harness.peer.script()).isEqualTo("0 1 2 3 4 5 6 clear 15 16 mark(m1)");
            assertThat(agent.events(AgentEvent.MarkSettled.class)).isEmpty();
        }
    }

    @Nested
    class WhenThePeerDoesNotTake {

        @Test
        void shouldQueueAndThenSendInOrder() {
            harness.peer.takeOnly(2);
            agent.plays(8);
            harness.time.advance(100);
            assertThat(harness.peer.script()).isEqualTo("0 1");
            assertThat(harness.counts(QueueName.SEND).depth()).isEqualTo(5);
            harness.peerTakesAgain();
            assertThat(harness.peer.frameNumbers()).isEqualTo(numbers(0, 7));
            harness.time.advance(20);
            assertThat(harness.peer.frameNumbers()).isEqualTo(numbers(0, 8));
        }

        @Test
        void shouldNotCountAFrameAsSentThatWasNotWritten() {
            harness.peer.stopTaking();
            agent.plays(14);
            harness.time.advance(1000);
            TxSecond stalled = harness.observer.seconds().getFirst().tx();
            assertThat(stalled.fps()).isZero();
            assertThat(stalled.sendDepthFrames()).isEqualTo(14);
        }

        @Test
        void shouldDropTheOldestOfTheSendQueueAndCountIt() {
            harness.peer.stopTaking();
            for (int i = 0; i < 150; i++) {
                agent.offers();
                harness.time.advance(20);
            }
            harness.time.advance(200);
            QueueCounts send = harness.counts(QueueName.SEND);
            assertThat(send.depth()).isEqualTo(144);
            assertThat(send.droppedOverflow()).isEqualTo(6);
            harness.peerTakesAgain();
            assertThat(harness.peer.frameNumbers()).isEqualTo(numbers(6, 150));
            harness.time.advance(1000);
            assertThat(harness.observer.seconds().stream()
                            .mapToLong(second -> second.tx().drops())
                            .sum())
                    .isEqualTo(6);
        }

        @Test
        void shouldEndTheCallAfterTheStallLimit() {
            harness.peer.stopTaking();
            agent.plays(1);
            harness.time.advance(9999);
            assertThat(harness.observer.ends()).isEmpty();
            harness.time.advance(25);
            assertThat(harness.observer.ends())
                    .containsExactly(
                            new CallEnd(Party.PEER, Reason.PEER_STALLED, "the peer took nothing for 10000 ms"));
            assertThat(harness.peer.closeCode()).isEqualTo(1001);
        }

        @Test
        void shouldForgiveAPeerThatTakesSomethingNowAndThen() {
            harness.peer.stopTaking();
            agent.plays(10);
            for (int i = 0; i < 4; i++) {
                harness.time.advance(9000);
                harness.peer.takeOnly(1);
                harness.loop.poll(harness.call(), harness.time.nowNs());
            }
            assertThat(harness.observer.ends()).isEmpty();
            assertThat(harness.peer.frameNumbers()).isEqualTo(numbers(0, 4));
        }

        @Test
        void shouldNotTakeASilentCallForAStalledOne() {
            harness.peer.stopTaking();
            harness.callerSpeaks(11_000);
            agent.plays(1);
            harness.callerSpeaks(5000);
            assertThat(harness.observer.ends()).isEmpty();
        }
    }

    @Nested
    class OnAStreamThatOnlyListens {

        private final CallHarness listening = new CallHarness(
                        CallSettings.DEFAULT.withGreeting(CallHarness.greeting(0, 10)))
                .start(StreamMode.LISTEN_ONLY);

        @Test
        void shouldSendNothingAtAll() {
            FakeAgent.Session bot = listening.agent.session();
            AudioFrame frame = Frames.numbered(1);
            assertThat(bot.line().offer(frame, bot.line().epoch())).isEqualTo(OfferOutcome.CLOSED);
            assertThat(bot.marks("m")).isEqualTo(OfferOutcome.CLOSED);
            assertThat(bot.endsPlayback()).isEqualTo(OfferOutcome.CLOSED);
            assertThat(bot.line().isWritable()).isFalse();
            long epoch = bot.line().epoch();
            bot.line().clear();
            assertThat(bot.line().epoch()).isEqualTo(epoch);
            listening.callerSpeaks(1000);
            assertThat(listening.peer.sent()).isEmpty();
            assertThat(listening.observer.moments(CallMoment.GreetingQueued.class))
                    .isEmpty();
            assertThat(listening.recogniser.session().heard()).hasSize(50);
        }
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }
}
