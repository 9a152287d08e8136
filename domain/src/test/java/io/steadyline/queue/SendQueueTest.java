package io.steadyline.queue;

import static io.steadyline.queue.OfferOutcome.ACCEPTED;
import static io.steadyline.queue.OfferOutcome.ACCEPTED_DROPPING_OLDEST;
import static io.steadyline.queue.OfferOutcome.CLOSED;
import static io.steadyline.queue.OfferOutcome.REFUSED_FULL;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.PeerControl;
import io.steadyline.telemetry.QueueName;
import io.steadyline.testkit.Frames;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SendQueueTest {

    private static final int CONTROL_LIMIT = 256;

    private final SendQueue queue = new SendQueue(SendQueue.DEFAULT_CAPACITY_FRAMES);

    @Nested
    class WhenEmpty {

        @Test
        void shouldGiveNothing() {
            assertThat(queue.poll()).isNull();
            assertThat(queue.isEmpty()).isTrue();
            assertThat(queue.hasRoomForControl()).isTrue();
            assertCounts("");
        }

        @Test
        void shouldCountUnderItsOwnName() {
            assertThat(queue.counts().queue()).isEqualTo(QueueName.SEND);
        }

        @Test
        void shouldNotBeEmptyWithAFrameOrAControlItem() {
            fill(1);
            assertThat(queue.isEmpty()).isFalse();
            queue.poll();
            assertThat(queue.isEmpty()).isTrue();
            queue.offer(mark("a"));
            assertThat(queue.isEmpty()).isFalse();
        }
    }

    @Nested
    class WhenFull {

        @Test
        void shouldTakeTheLastFrameThatFits() {
            fill(143);
            assertThat(queue.offer(Frames.numbered(143))).isEqualTo(ACCEPTED);
            assertCounts("in 144, depth 144, max 144");
        }

        @Test
        void shouldDropTheOldestFrameForTheNewest() {
            fill(144);
            assertThat(queue.offer(Frames.numbered(144))).isEqualTo(ACCEPTED_DROPPING_OLDEST);
            assertCounts("in 145, overflow 1, depth 144, max 144");
            assertThat(takeNumber()).isEqualTo(1);
        }

        @Test
        void shouldTakeAControlItemWithoutALoss() {
            fill(144);
            assertThat(queue.offer(mark("a"))).isEqualTo(ACCEPTED);
            assertCounts("in 144, depth 144, max 144, control 1");
        }

        @Test
        void shouldDropTheOldestFrameBehindTheMarkAndKeepTheMark() {
            queue.offer(mark("start"));
            fill(145);
            assertCounts("in 145, overflow 1, depth 144, max 144, control 1");
            assertThat(queue.poll()).isEqualTo(mark("start"));
            assertThat(takeNumber()).isEqualTo(1);
        }

        @Test
        void shouldMoveMarksPastDroppedAudioOnly() {
            fill(1);
            queue.offer(mark("after 0"));
            Frames.numberedFrom(1, 144).forEach(queue::offer);
            assertThat(queue.poll()).isEqualTo(mark("after 0"));
            assertThat(takeNumber()).isEqualTo(1);
        }
    }

    @Nested
    class WhenControlItemsWait {

        @Test
        void shouldKeepThemInTheirPlace() {
            PeerControl clear = new PeerControl.SendClear();
            fill(1);
            queue.offer(clear);
            queue.offer(Frames.numbered(1));
            queue.offer(mark("end"));
            assertThat(takeNumber()).isZero();
            assertThat(queue.poll()).isSameAs(clear);
            assertThat(takeNumber()).isEqualTo(1);
            assertThat(queue.poll()).isEqualTo(mark("end"));
            assertCounts("in 2, out 2, max 2");
        }

        @Test
        void shouldTake256AndRefuseThe257th() {
            for (int i = 0; i < CONTROL_LIMIT; i++) {
                assertThat(queue.hasRoomForControl()).isTrue();
                assertThat(queue.offer(mark("m" + i))).isEqualTo(ACCEPTED);
            }
            assertThat(queue.hasRoomForControl()).isFalse();
            assertThat(queue.offer(mark("m256"))).isEqualTo(REFUSED_FULL);
            assertCounts("control 256");
            queue.poll();
            assertThat(queue.hasRoomForControl()).isTrue();
            assertThat(queue.offer(mark("m256"))).isEqualTo(ACCEPTED);
        }

        @Test
        void shouldHoldItsFramesBesideThem() {
            for (int i = 0; i < CONTROL_LIMIT; i++) {
                queue.offer(mark("m" + i));
            }
            fill(145);
            assertCounts("in 145, overflow 1, depth 144, max 144, control 256");
            for (int i = 0; i < CONTROL_LIMIT; i++) {
                assertThat(queue.poll()).isEqualTo(mark("m" + i));
            }
            for (int i = 1; i <= 144; i++) {
                assertThat(takeNumber()).isEqualTo(i);
            }
            assertThat(queue.isEmpty()).isTrue();
        }
    }

    @Nested
    class WhenCleared {

        @Test
        void shouldForgetAudioAndKeepControlItems() {
            fill(2);
            queue.offer(mark("a"));
            fill(1);
            assertThat(queue.clearFrames()).isEqualTo(3);
            assertCounts("in 3, cleared 3, max 3, control 1");
            assertThat(queue.poll()).isEqualTo(mark("a"));
            assertThat(queue.isEmpty()).isTrue();
        }

        @Test
        void shouldGoOnAcceptingAudio() {
            fill(144);
            queue.clearFrames();
            assertThat(queue.offer(Frames.numbered(200))).isEqualTo(ACCEPTED);
            assertCounts("in 145, cleared 144, depth 1, max 144");
            assertThat(takeNumber()).isEqualTo(200);
        }

        @Test
        void shouldForgetNothingWhenEmpty() {
            assertThat(queue.clearFrames()).isZero();
            assertCounts("");
        }
    }

    @Nested
    class WhenDiscarded {

        @Test
        void shouldCountTheFramesAndKeepTheControlItems() {
            fill(2);
            queue.offer(mark("a"));
            assertThat(queue.discard()).isEqualTo(2);
            assertCounts("in 2, closed 2, max 2, control 1");
            assertThat(queue.poll()).isEqualTo(mark("a"));
        }

        @Test
        void shouldRefuseFramesAndControlItemsFromThenOn() {
            queue.discard();
            assertThat(queue.offer(Frames.numbered(0))).isEqualTo(CLOSED);
            assertThat(queue.offer(mark("a"))).isEqualTo(CLOSED);
            assertCounts("refused 1");
        }
    }

    @Test
    void shouldHoldTheFramesOfAlmostThreeSecondsByDefault() {
        assertThat(SendQueue.DEFAULT_CAPACITY_FRAMES).isEqualTo(144);
    }

    private void fill(int frames) {
        Frames.numberedFrom(0, frames).forEach(queue::offer);
    }

    private long takeNumber() {
        return Frames.numberOf(queue.poll());
    }

    private static PeerControl mark(String wireName) {
        return new PeerControl.SendMark(wireName);
    }

    private void assertCounts(String expected) {
        assertThat(QueueText.of(queue.counts())).isEqualTo(expected);
        assertThat(queue.depthFrames()).isEqualTo(queue.counts().depth());
    }
}
