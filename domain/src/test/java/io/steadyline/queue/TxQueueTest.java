package io.steadyline.queue;

import static io.steadyline.queue.OfferOutcome.ACCEPTED;
import static io.steadyline.queue.OfferOutcome.ACCEPTED_DROPPING_OLDEST;
import static io.steadyline.queue.OfferOutcome.CLOSED;
import static io.steadyline.queue.OfferOutcome.REFUSED_DEAD_EPOCH;
import static io.steadyline.queue.OfferOutcome.REFUSED_FULL;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.MediaItem;
import io.steadyline.signal.TxControl;
import io.steadyline.telemetry.QueueName;
import io.steadyline.testkit.Frames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TxQueueTest {

    private static final int CONTROL_LIMIT = 256;

    private final TxQueue queue = new TxQueue(TxQueue.DEFAULT_CAPACITY_FRAMES);

    @Nested
    class WhenEmpty {

        @Test
        void shouldGiveNothing() {
            assertThat(take()).isNull();
            assertThat(queue.poll(false)).isNull();
            assertThat(queue.isEmpty()).isTrue();
            assertThat(queue.isWritable()).isTrue();
            assertThat(queue.epoch()).isEqualTo(1);
            assertCounts("");
        }

        @Test
        void shouldCountUnderItsOwnName() {
            assertThat(queue.counts().queue()).isEqualTo(QueueName.TX);
        }

        @Test
        void shouldNotBeEmptyWithAFrameOrAMark() {
            fill(1);
            assertThat(queue.isEmpty()).isFalse();
            take();
            assertThat(queue.isEmpty()).isTrue();
            queue.offer(mark("a"));
            assertThat(queue.isEmpty()).isFalse();
        }
    }

    @Nested
    class WhenFull {

        @Test
        void shouldTakeTheLastFrameThatFits() {
            fill(119);
            assertThat(offer(119)).isEqualTo(ACCEPTED);
            assertCounts("in 120, depth 120, max 120");
        }

        @Test
        void shouldDropTheOldestFrameForTheNewest() {
            fill(120);
            assertThat(offer(120)).isEqualTo(ACCEPTED_DROPPING_OLDEST);
            assertCounts("in 121, overflow 1, depth 120, max 120");
            assertThat(takeNumber()).isEqualTo(1);
        }

        @Test
        void shouldDropTheOldestFrameBehindMarks() {
            queue.offer(mark("a"));
            queue.offer(mark("b"));
            fill(121);
            assertCounts("in 121, overflow 1, depth 120, max 120, control 2");
            assertThat(take()).isEqualTo(mark("a"));
            assertThat(take()).isEqualTo(mark("b"));
            assertThat(takeNumber()).isEqualTo(1);
        }

        @Test
        void shouldTakeAMarkWithoutALoss() {
            fill(120);
            assertThat(queue.offer(mark("a"))).isEqualTo(ACCEPTED);
            assertCounts("in 120, depth 120, max 120, control 1");
        }
    }

    @Nested
    class WhenMarksStandAmongTheAudio {

        @Test
        void shouldKeepThemInTheirPlace() {
            fill(1);
            queue.offer(mark("a"));
            offer(1);
            TxControl end = new TxControl.PlaybackEnd(1);
            queue.offer(end);
            assertThat(takeNumber()).isZero();
            assertThat(take()).isEqualTo(mark("a"));
            assertThat(takeNumber()).isEqualTo(1);
            assertThat(take()).isSameAs(end);
            assertCounts("in 2, out 2, max 2");
        }

        @Test
        void shouldTake256AndRefuseThe257th() {
            for (int i = 0; i < CONTROL_LIMIT; i++) {
                assertThat(queue.offer(mark("m" + i))).isEqualTo(ACCEPTED);
            }
            assertThat(queue.offer(mark("m256"))).isEqualTo(REFUSED_FULL);
            assertCounts("control 256");
            take();
            assertThat(queue.offer(mark("m256"))).isEqualTo(ACCEPTED);
        }

        @Test
        void shouldGiveOnlyMarksWhileAudioIsNotDue() {
            queue.offer(mark("a"));
            fill(1);
            queue.offer(mark("b"));
            assertThat(queue.poll(false)).isEqualTo(mark("a"));
            assertThat(queue.poll(false)).isNull();
            assertCounts("in 1, depth 1, max 1, control 1");
            assertThat(takeNumber()).isZero();
            assertThat(queue.poll(false)).isEqualTo(mark("b"));
            assertThat(queue.poll(false)).isNull();
            assertCounts("in 1, out 1, max 1");
        }
    }

    @Nested
    class WhenItFillsToTheHighWatermark {

        @Test
        void shouldBeWritableUpTo14Frames() {
            fill(14);
            assertThat(queue.isWritable()).isTrue();
        }

        @Test
        void shouldNotBeWritableFrom15Frames() {
            fill(15);
            assertThat(queue.isWritable()).isFalse();
            fill(1);
            assertThat(queue.isWritable()).isFalse();
        }

        @Test
        void shouldStillAcceptAndTakeNoOffence() {
            fill(15);
            assertThat(offer(15)).isEqualTo(ACCEPTED);
            assertCounts("in 16, depth 16, max 16");
        }

        @Test
        void shouldStayUnwritableAt9AndTurnWritableAt8() {
            fill(15);
            take(6);
            assertThat(queue.depthFrames()).isEqualTo(9);
            assertThat(queue.isWritable()).isFalse();
            take(1);
            assertThat(queue.depthFrames()).isEqualTo(8);
            assertThat(queue.isWritable()).isTrue();
        }

        @Test
        void shouldStayWritableBetweenTheWatermarksOnTheWayUp() {
            fill(15);
            take(7);
            fill(6);
            assertThat(queue.depthFrames()).isEqualTo(14);
            assertThat(queue.isWritable()).isTrue();
        }

        @Test
        void shouldCountFramesAndNotMarks() {
            fill(14);
            for (int i = 0; i < 20; i++) {
                queue.offer(mark("m" + i));
            }
            assertThat(queue.isWritable()).isTrue();
        }

        @Test
        void shouldHaveTheWatermarksThatTheSourcesKnow() {
            assertThat(TxQueue.HIGH_WATERMARK_FRAMES).isEqualTo(15);
            assertThat(TxQueue.LOW_WATERMARK_FRAMES).isEqualTo(8);
            assertThat(TxQueue.DEFAULT_CAPACITY_FRAMES).isEqualTo(120);
        }
    }

    @Nested
    class WhenASourceWaitsToWrite {

        private final List<String> calls = new ArrayList<>();

        @Test
        void shouldTellItOnceAtTheLowWatermark() {
            listen();
            fill(15);
            take(6);
            assertThat(calls).isEmpty();
            take(1);
            assertThat(calls).containsExactly("writable");
            take(8);
            assertThat(calls).hasSize(1);
        }

        @Test
        void shouldTellItAgainAfterTheNextCrossing() {
            listen();
            for (int i = 0; i < 3; i++) {
                fill(15);
                take(15);
            }
            assertThat(calls).hasSize(3);
        }

        @Test
        void shouldNotTellItWithoutACrossing() {
            listen();
            fill(14);
            take(14);
            queue.clear();
            assertThat(calls).isEmpty();
        }

        @Test
        void shouldTellItOfAClear() {
            listen();
            fill(15);
            queue.clear();
            assertThat(calls).hasSize(1);
            assertThat(queue.isWritable()).isTrue();
            queue.clear();
            assertThat(calls).hasSize(1);
        }

        @Test
        void shouldBeWritableWhenItTells() {
            queue.onWritable(() -> calls.add("writable " + queue.isWritable()));
            fill(15);
            take(7);
            assertThat(calls).containsExactly("writable true");
        }

        private void listen() {
            queue.onWritable(() -> calls.add("writable"));
        }
    }

    @Nested
    class WhenThePacerWaitsToRead {

        private final List<String> calls = new ArrayList<>();

        @Test
        void shouldTellItOfTheFirstItemOnly() {
            listen();
            fill(2);
            queue.offer(mark("a"));
            assertThat(calls).containsExactly("readable");
        }

        @Test
        void shouldTellItAgainAfterItWasEmptyInBetween() {
            listen();
            queue.offer(mark("a"));
            queue.offer(mark("b"));
            assertThat(calls).hasSize(1);
            take();
            take();
            fill(1);
            assertThat(calls).hasSize(2);
        }

        @Test
        void shouldNotTellItOfWhatWasRefused() {
            listen();
            queue.offer(Frames.numbered(0), 2);
            queue.offer(new TxControl.MarkPoint("a", 2));
            queue.close();
            fill(1);
            queue.offer(mark("b"));
            assertThat(calls).isEmpty();
        }

        @Test
        void shouldNotTellItOfAFrameThatReplacedTheOnlyOne() {
            TxQueue smallest = new TxQueue(1);
            smallest.onReadable(() -> calls.add("readable"));
            smallest.offer(Frames.numbered(0), 1);
            smallest.offer(Frames.numbered(1), 1);
            assertThat(calls).hasSize(1);
        }

        @Test
        void shouldTellItOfTheFirstFrameAfterAClear() {
            listen();
            fill(3);
            queue.clear();
            fill(1);
            assertThat(calls).hasSize(2);
        }

        private void listen() {
            queue.onReadable(() -> calls.add("readable"));
        }
    }

    @Nested
    class WhenCleared {

        @Test
        void shouldStartANewEpochAndCountWhatItForgets() {
            fill(3);
            assertThat(queue.clear()).isEqualTo(2);
            assertThat(queue.epoch()).isEqualTo(2);
            assertCounts("in 3, cleared 3, max 3");
            assertThat(queue.clear()).isEqualTo(3);
            assertThat(queue.epoch()).isEqualTo(3);
        }

        @Test
        void shouldRefuseLateAudioOfTheDeadEpoch() {
            queue.clear();
            assertThat(queue.offer(Frames.numbered(0), 1)).isEqualTo(REFUSED_DEAD_EPOCH);
            assertCounts("refused 1");
            assertThat(queue.offer(Frames.numbered(0), 2)).isEqualTo(ACCEPTED);
            assertCounts("in 1, refused 1, depth 1, max 1");
        }

        @Test
        void shouldRefuseLateMarksOfTheDeadEpoch() {
            queue.clear();
            assertThat(queue.offer(mark("a"))).isEqualTo(REFUSED_DEAD_EPOCH);
            assertThat(queue.offer(new TxControl.PlaybackEnd(1))).isEqualTo(REFUSED_DEAD_EPOCH);
            assertThat(queue.offer(new TxControl.MarkPoint("a", 2))).isEqualTo(ACCEPTED);
        }

        @Test
        void shouldRefuseAnEpochThatHasNotBegun() {
            assertThat(queue.offer(Frames.numbered(0), 2)).isEqualTo(REFUSED_DEAD_EPOCH);
        }

        @Test
        void shouldKeepMarksForTheirOwnerToReport() {
            fill(1);
            queue.offer(mark("a"));
            fill(1);
            queue.offer(mark("b"));
            queue.clear();
            assertCounts("in 2, cleared 2, max 2, control 2");
            assertThat(take()).isEqualTo(mark("a"));
            assertThat(take()).isEqualTo(mark("b"));
            assertThat(take()).isNull();
        }

        @Test
        void shouldPutNewAudioBehindTheMarksThatStayed() {
            fill(1);
            queue.offer(mark("a"));
            queue.clear();
            queue.offer(Frames.numbered(7), 2);
            assertThat(take()).isEqualTo(mark("a"));
            assertThat(takeNumber()).isEqualTo(7);
        }
    }

    @Nested
    class WhenClosed {

        @Test
        void shouldRefuseFramesAndMarks() {
            queue.close();
            assertThat(offer(0)).isEqualTo(CLOSED);
            assertThat(queue.offer(mark("a"))).isEqualTo(CLOSED);
            assertThat(queue.isWritable()).isFalse();
            assertCounts("refused 1");
        }

        @Test
        void shouldSayClosedAndNotDeadEpochWhenItIsBoth() {
            queue.clear();
            queue.close();
            assertThat(queue.offer(Frames.numbered(0), 1)).isEqualTo(CLOSED);
        }

        @Test
        void shouldStillPlayWhatIsQueued() {
            fill(2);
            queue.offer(mark("a"));
            queue.close();
            assertThat(takeNumber()).isZero();
            assertThat(takeNumber()).isEqualTo(1);
            assertThat(take()).isEqualTo(mark("a"));
            assertCounts("in 2, out 2, max 2");
        }

        @Test
        void shouldStayUnwritableHoweverEmpty() {
            fill(15);
            queue.close();
            take(15);
            assertThat(queue.isWritable()).isFalse();
        }
    }

    @Nested
    class WhenDiscarded {

        @Test
        void shouldCountTheFramesAndKeepTheMarks() {
            fill(2);
            queue.offer(mark("a"));
            assertThat(queue.discard()).isEqualTo(2);
            assertCounts("in 2, closed 2, max 2, control 1");
            assertThat(take()).isEqualTo(mark("a"));
        }

        @Test
        void shouldBeClosedFromThenOn() {
            queue.discard();
            assertThat(offer(0)).isEqualTo(CLOSED);
            assertThat(queue.isWritable()).isFalse();
        }
    }

    private OfferOutcome offer(long number) {
        return queue.offer(Frames.numbered(number), queue.epoch());
    }

    private void fill(int frames) {
        for (int i = 0; i < frames; i++) {
            offer(i);
        }
    }

    private @Nullable MediaItem take() {
        return queue.poll(true);
    }

    private void take(int items) {
        for (int i = 0; i < items; i++) {
            take();
        }
    }

    private long takeNumber() {
        return Frames.numberOf(take());
    }

    private static TxControl mark(String name) {
        return new TxControl.MarkPoint(name, 1);
    }

    private void assertCounts(String expected) {
        assertThat(QueueText.of(queue.counts())).isEqualTo(expected);
        assertThat(queue.depthFrames()).isEqualTo(queue.counts().depth());
    }
}
