package io.steadyline.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.AudioFrame;
import io.steadyline.queue.OfferOutcome;
import io.steadyline.signal.AgentEvent;
import io.steadyline.signal.CallState;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.QueueName;
import io.steadyline.testkit.CallHarness;
import io.steadyline.testkit.FakeAgent;
import io.steadyline.testkit.FakePeerLink;
import io.steadyline.testkit.FakeRecogniser;
import io.steadyline.testkit.Frames;
import io.steadyline.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whole calls in which everything happens at random: late wake-ups, bursts, holds, clears, stalled sockets, lost and
 * resumed streams. Held against what must be true whatever happens.
 */
class RandomCallsTest {

    @Test
    void shouldLoseNoFrameThatIsNotCountedOnTheWayToTheRecogniser() {
        Seeds.forEach(300, (seed, random) -> new RxRun(random).go());
    }

    @Test
    void shouldSendInOrderAndNothingOfADeadEpochOnTheWayToThePeer() {
        Seeds.forEach(300, (seed, random) -> new TxRun(random).go());
    }

    private static CallHarness harness(RandomGenerator random) {
        return random.nextInt(10) == 0
                ? CallHarness.overflowingAfter(random.nextInt(2000), CallSettings.DEFAULT)
                : new CallHarness(CallSettings.DEFAULT);
    }

    private static void pass(CallHarness harness, RandomGenerator random) {
        switch (random.nextInt(10)) {
            case 0 -> harness.time.jump(random.nextInt(200));
            case 1 -> harness.time.jumpNs(random.nextInt(3_000_000));
            default -> harness.time.advance(random.nextInt(30));
        }
        for (QueueCounts counts : harness.call().queues()) {
            require(counts.isBalanced(), counts);
        }
    }

    private static void require(boolean claim, Object found) {
        if (!claim) {
            throw new AssertionError(found.toString());
        }
    }

    /**
     * In = out + dropped + depth in each queue; the recogniser hears each frame once and in order; what it did not hear
     * was counted.
     */
    private static final class RxRun {
        private final RandomGenerator random;
        private final CallHarness harness;
        private final FakeRecogniser.Session stt;
        private boolean held;
        private boolean lossless = true;

        RxRun(RandomGenerator random) {
            this.random = random;
            harness = harness(random);
            if (random.nextBoolean()) {
                harness.recogniser.takeNothing();
            }
            stt = harness.start().recogniser.session();
        }

        void go() {
            for (int step = 0; step < 120; step++) {
                act();
                pass(harness, random);
                check();
            }
            if (lossless) {
                List<Long> heard = stt.heardNumbers();
                assertThat(heard)
                        .isEqualTo(LongStream.range(0, heard.size()).boxed().toList());
            }
            assertThat(stt.heardNumbers()).isSorted().doesNotHaveDuplicates();
            harness.callerHangsUp();
            harness.time.advance(3000);
            assertThat(harness.call().state()).isEqualTo(CallState.CLOSED);
            check();
            QueueCounts rx = harness.counts(QueueName.RX);
            QueueCounts queue = harness.counts(QueueName.STT);
            assertThat(rx.depth() + queue.depth()).isZero();
            assertThat(stt.heardFrames() + rx.dropped() + queue.dropped()).isEqualTo(harness.callerFramesSent());
        }

        private void act() {
            switch (random.nextInt(20)) {
                case 0 -> harness.callerBurst(random.nextInt(150));
                case 1 -> {
                    held = !held;
                    if (held) {
                        stt.hold();
                    } else {
                        stt.release();
                    }
                }
                case 2 -> stt.takeOnce(random.nextInt(250));
                case 3 -> harness.callerSpeaks(random.nextInt(600));
                default -> harness.callerFrame();
            }
        }

        private void check() {
            QueueCounts rx = harness.counts(QueueName.RX);
            QueueCounts queue = harness.counts(QueueName.STT);
            require(rx.in() == harness.callerFramesSent(), rx);
            require(rx.out() == queue.in(), rx);
            require(queue.out() == stt.heardFrames(), queue);
            require(rx.depth() <= 201, rx);
            require(queue.depth() <= 200, queue);
            lossless &= rx.dropped() + queue.dropped() == 0;
        }
    }

    /**
     * Every frame that was taken is written once and in order, dropped and counted, or still queued; after a clear has
     * reached the loop nothing older is written; every mark is settled once.
     */
    private static final class TxRun {
        private final RandomGenerator random;
        private final CallHarness harness;
        private final FakeAgent.Session agent;
        private final List<FakePeerLink> links = new ArrayList<>();
        private final Set<String> markNames = new HashSet<>();
        private long nextFrame;
        private long accepted;
        private long clearedUpTo;
        private long lastWritten = -1;
        private long written;
        private int seenItems;

        TxRun(RandomGenerator random) {
            this.random = random;
            harness = harness(random);
            harness.recogniser.neverClose();
            agent = harness.start().agent.session();
            links.add(harness.peer);
        }

        void go() {
            for (int step = 0; step < 120; step++) {
                act();
                pass(harness, random);
                checkWritten();
                checkCounts();
            }
            harness.processEnds();
            checkCounts();
            checkMarks();
        }

        private void act() {
            switch (random.nextInt(24)) {
                case 0 -> {
                    agent.line().clear();
                    clearedUpTo = nextFrame;
                }
                case 1 -> harness.peer.stopTaking();
                case 2 -> harness.peer.takeOnly(random.nextInt(6));
                case 3, 4 -> harness.peerTakesAgain();
                case 5 -> agent.endsPlayback();
                case 6, 7, 8 -> {
                    String name = "mark " + markNames.size();
                    if (agent.marks(name).isAccepted()) {
                        markNames.add(name);
                    }
                }
                case 9 -> returnAMark();
                case 10 -> loseAndResume();
                default -> offer(random.nextInt(random.nextInt(6) == 0 ? 140 : 6));
            }
        }

        private void offer(int frames) {
            for (int i = 0; i < frames; i++) {
                long epoch = agent.line().epoch();
                OfferOutcome outcome = agent.line().offer(Frames.numbered(nextFrame), epoch);
                if (outcome.isAccepted()) {
                    accepted++;
                }
                nextFrame++;
            }
        }

        private void returnAMark() {
            List<String> sent = harness.peer.marks();
            if (!sent.isEmpty()) {
                harness.peerReturns(sent.get(random.nextInt(sent.size())));
            }
        }

        private void loseAndResume() {
            if (random.nextBoolean()) {
                harness.streamBreaks();
                harness.time.advance(random.nextInt(300));
            }
            checkWritten();
            links.add(harness.startsAgain());
            seenItems = 0;
        }

        /** What a link wrote since the last look; a clear was asked for before, so nothing older may be among it. */
        private void checkWritten() {
            for (AudioFrame frame : links.getLast().framesFrom(seenItems)) {
                long number = Frames.numberOf(frame);
                require(number >= clearedUpTo, "frame " + number + " after a clear at " + clearedUpTo);
                require(number > lastWritten, "frame " + number + " after frame " + lastWritten);
                lastWritten = number;
                written++;
            }
            seenItems = links.getLast().sentItems();
        }

        private void checkCounts() {
            QueueCounts tx = harness.counts(QueueName.TX);
            QueueCounts send = harness.counts(QueueName.SEND);
            require(tx.in() == accepted, tx);
            require(tx.out() == send.in(), send);
            require(send.out() == written, send);
            require(tx.depth() <= 120, tx);
            require(send.depth() <= 144, send);
        }

        private void checkMarks() {
            List<String> settled = agent.events(AgentEvent.MarkSettled.class).stream()
                    .map(AgentEvent.MarkSettled::name)
                    .toList();
            assertThat(settled).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(markNames);
        }
    }
}
