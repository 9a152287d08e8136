package io.steadyline.queue;

import static io.steadyline.queue.OfferOutcome.ACCEPTED;
import static io.steadyline.queue.OfferOutcome.ACCEPTED_DROPPING_OLDEST;
import static io.steadyline.queue.OfferOutcome.CLOSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.media.AudioFrame;
import io.steadyline.telemetry.QueueName;
import io.steadyline.testkit.Frames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RxQueueTest {

    private final RxQueue queue = new RxQueue(RxQueue.DEFAULT_CAPACITY_FRAMES);

    @Nested
    class WhenEmpty {

        @Test
        void shouldGiveNothing() {
            assertThat(queue.poll()).isNull();
            assertCounts("");
        }

        @Test
        void shouldCountUnderItsOwnName() {
            assertThat(queue.counts().queue()).isEqualTo(QueueName.RX);
        }

        @Test
        void shouldGiveNothingAgainAfterItsLastFrame() {
            fill(1);
            assertThat(queue.poll()).isNotNull();
            assertThat(queue.poll()).isNull();
            assertCounts("in 1, out 1, max 1");
        }
    }

    @Nested
    class WhenFilling {

        @Test
        void shouldGiveFramesInTheirOrderWithoutACopy() {
            List<AudioFrame> frames = Frames.numberedFrom(0, 3);
            frames.forEach(frame -> assertThat(queue.offer(frame)).isEqualTo(ACCEPTED));
            assertCounts("in 3, depth 3, max 3");
            assertThat(queue.poll()).isSameAs(frames.get(0));
            assertCounts("in 3, out 1, depth 2, max 3");
            assertThat(queue.poll()).isSameAs(frames.get(1));
            assertCounts("in 3, out 2, depth 1, max 3");
            assertThat(queue.poll()).isSameAs(frames.get(2));
            assertCounts("in 3, out 3, max 3");
        }

        @Test
        void shouldTakeTheLastFrameThatFits() {
            fill(199);
            assertThat(queue.offer(Frames.numbered(199))).isEqualTo(ACCEPTED);
            assertCounts("in 200, depth 200, max 200");
            assertThat(queue.droppedByOverflow()).isZero();
        }

        @Test
        void shouldRememberItsDeepestMoment() {
            fill(5);
            take(4);
            fill(2);
            assertCounts("in 7, out 4, depth 3, max 5");
        }

        @Test
        void shouldKeepTheOrderOverManyRounds() {
            long next = 0;
            for (int i = 0; i < 1_000; i++) {
                queue.offer(Frames.numbered(2L * i));
                queue.offer(Frames.numbered(2L * i + 1));
                if (i >= 90) {
                    assertThat(numberOfNext()).isEqualTo(next++);
                    assertThat(numberOfNext()).isEqualTo(next++);
                }
            }
            assertCounts("in 2000, out 1820, depth 180, max 182");
        }
    }

    @Nested
    class WhenFull {

        @Test
        void shouldDropTheOldestFrameForTheNewest() {
            fill(200);
            assertThat(queue.offer(Frames.numbered(200))).isEqualTo(ACCEPTED_DROPPING_OLDEST);
            assertCounts("in 201, overflow 1, depth 200, max 200");
            assertThat(queue.droppedByOverflow()).isEqualTo(1);
            assertThat(numberOfNext()).isEqualTo(1);
        }

        @Test
        void shouldKeepTheLatest200OfMany() {
            fill(1_000);
            assertCounts("in 1000, overflow 800, depth 200, max 200");
            assertThat(take(200)).first().isEqualTo(800L);
            assertThat(queue.poll()).isNull();
            assertCounts("in 1000, out 200, overflow 800, max 200");
        }

        @Test
        void shouldAcceptWithoutLossOnceOneWasTaken() {
            fill(200);
            take(1);
            assertThat(queue.offer(Frames.numbered(200))).isEqualTo(ACCEPTED);
            assertCounts("in 201, out 1, depth 200, max 200");
        }

        @Test
        void shouldHoldOneFrameIfThatIsItsBound() {
            RxQueue smallest = new RxQueue(1);
            assertThat(smallest.offer(Frames.numbered(0))).isEqualTo(ACCEPTED);
            assertThat(smallest.offer(Frames.numbered(1))).isEqualTo(ACCEPTED_DROPPING_OLDEST);
            assertThat(smallest.depthFrames()).isEqualTo(1);
            assertThat(Frames.numberOf(smallest.poll())).isEqualTo(1);
        }
    }

    @Nested
    class WhenClosed {

        @Test
        void shouldRefuseAndCountTheRefusal() {
            fill(2);
            queue.close();
            assertThat(queue.offer(Frames.numbered(2))).isEqualTo(CLOSED);
            assertCounts("in 2, refused 1, depth 2, max 2");
        }

        @Test
        void shouldStillGiveWhatIsQueued() {
            fill(2);
            queue.close();
            assertThat(take(2)).containsExactly(0L, 1L);
            assertCounts("in 2, out 2, max 2");
        }

        @Test
        void shouldSayClosedAndNotFullWhenItIsBoth() {
            fill(200);
            queue.close();
            assertThat(queue.offer(Frames.numbered(200))).isEqualTo(CLOSED);
            assertCounts("in 200, refused 1, depth 200, max 200");
        }
    }

    @Nested
    class WhenDiscarded {

        @Test
        void shouldCountWhatWasQueuedAsClosed() {
            fill(203);
            take(1);
            assertThat(queue.discard()).isEqualTo(199);
            assertCounts("in 203, out 1, overflow 3, closed 199, max 200");
            assertThat(queue.poll()).isNull();
            assertThat(queue.depthFrames()).isZero();
        }

        @Test
        void shouldBeClosedFromThenOn() {
            assertThat(queue.discard()).isZero();
            assertThat(queue.offer(Frames.numbered(0))).isEqualTo(CLOSED);
            assertCounts("refused 1");
        }

        @Test
        void shouldDropNothingTheSecondTime() {
            fill(2);
            queue.discard();
            assertThat(queue.discard()).isZero();
            assertCounts("in 2, closed 2, max 2");
        }
    }

    @Nested
    class WhenMade {

        @Test
        void shouldHoldTheFramesOfFourSecondsByDefault() {
            assertThat(RxQueue.DEFAULT_CAPACITY_FRAMES).isEqualTo(200);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, -1})
        void shouldRefuseABoundThatHoldsNothing(int capacityFrames) {
            assertThatThrownBy(() -> new RxQueue(capacityFrames))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("RX capacityFrames: " + capacityFrames + " (expected: 1 or more)");
        }
    }

    private void fill(int frames) {
        Frames.numberedFrom(0, frames).forEach(queue::offer);
    }

    private List<Long> take(int frames) {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            numbers.add(numberOfNext());
        }
        return numbers;
    }

    private long numberOfNext() {
        return Frames.numberOf(queue.poll());
    }

    private void assertCounts(String expected) {
        assertThat(QueueText.of(queue.counts())).isEqualTo(expected);
        assertThat(queue.depthFrames()).isEqualTo(queue.counts().depth());
    }
}
