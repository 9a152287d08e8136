package io.steadyline.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.signal.SttControl;
import io.steadyline.telemetry.DropReason;
import io.steadyline.telemetry.QueueName;
import io.steadyline.testkit.Frames;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaRingTest {

    @Nested
    class WhenMade {

        @Test
        void shouldRefuseABoundThatHoldsNothing() {
            assertThatThrownBy(() -> new MediaRing(QueueName.TX, 0, 8))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("TX capacityFrames: 0 (expected: 1 or more)");
        }

        @ParameterizedTest
        @CsvSource({"1, 0", "1, 1", "2, 0", "2, 1", "3, 1", "4, 0", "5, 3", "7, 1", "8, 0", "8, 1", "200, 64"})
        void shouldHoldAllItsFramesAndControlItems(int capacityFrames, int controlLimit) {
            MediaRing ring = new MediaRing(QueueName.RX, capacityFrames, controlLimit);
            for (int i = 0; i < controlLimit; i++) {
                assertThat(ring.hasRoomForControl()).isTrue();
                ring.add(new SttControl.Flush("f" + i));
            }
            for (int i = 0; i < capacityFrames; i++) {
                assertThat(ring.hasRoomForFrame()).isTrue();
                ring.add(Frames.numbered(i));
            }
            assertThat(ring.hasRoomForControl()).isFalse();
            assertThat(ring.hasRoomForFrame()).isFalse();
            for (int i = 0; i < controlLimit; i++) {
                assertThat(ring.poll()).isEqualTo(new SttControl.Flush("f" + i));
            }
            for (int i = 0; i < capacityFrames; i++) {
                assertThat(ring.poll()).hasToString("frame " + i + " (160 B)");
            }
            assertThat(ring.poll()).isNull();
        }
    }

    @Nested
    class WhenMoreWaitThanItBeganWith {

        /** Grown while its first item lies anywhere in it, with frames and control items in turn. */
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 5, 7})
        void shouldKeepTheirOrder(int headAt) {
            MediaRing ring = new MediaRing(QueueName.RX, 200, 64);
            ring.add(new SttControl.Flush("keeps the head from going back"));
            for (int i = 0; i < headAt; i++) {
                ring.add(new SttControl.Flush("before"));
                ring.poll();
            }
            ring.add(Frames.numbered(-1));
            ring.poll();
            for (int i = 0; i < 40; i++) {
                ring.add(Frames.numbered(i));
                ring.add(new SttControl.Flush("f" + i));
            }
            assertThat(ring.poll()).hasToString("frame -1 (160 B)");
            for (int i = 0; i < 40; i++) {
                assertThat(ring.poll()).hasToString("frame " + i + " (160 B)");
                assertThat(ring.poll()).isEqualTo(new SttControl.Flush("f" + i));
            }
            assertThat(ring.isEmpty()).isTrue();
            assertThat(ring.counts().isBalanced()).isTrue();
        }
    }

    @Nested
    class WhenPeeked {

        @Test
        void shouldShowTheNextItemAndLeaveIt() {
            MediaRing ring = new MediaRing(QueueName.TX, 2, 2);
            assertThat(ring.peek()).isNull();
            ring.add(Frames.numbered(0));
            assertThat(ring.peek()).isSameAs(ring.peek()).isSameAs(ring.poll());
            assertThat(ring.peek()).isNull();
        }

        @Test
        void shouldShowTheNextItemAfterADrop() {
            MediaRing ring = new MediaRing(QueueName.TX, 2, 2);
            ring.add(Frames.numbered(0));
            ring.add(new SttControl.EndOfInput());
            ring.dropOldestFrame();
            assertThat(ring.peek()).isEqualTo(new SttControl.EndOfInput());
        }
    }

    @Nested
    class WhenFramesAreDropped {

        @Test
        void shouldSayThatThereIsNoneToDrop() {
            MediaRing ring = new MediaRing(QueueName.STT, 2, 2);
            ring.add(new SttControl.EndOfInput());
            assertThatThrownBy(ring::dropOldestFrame)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("STT depthFrames: 0 (expected: a frame to drop)");
            assertThat(QueueText.of(ring.counts())).isEqualTo("control 1");
        }

        @ParameterizedTest
        @EnumSource(DropReason.class)
        void shouldCountThemUnderTheirReason(DropReason reason) {
            MediaRing ring = new MediaRing(QueueName.STT, 4, 2);
            ring.add(Frames.numbered(0));
            ring.add(Frames.numbered(1));
            ring.add(new SttControl.EndOfInput());
            assertThat(ring.dropAllFrames(reason)).isEqualTo(2);
            ring.add(Frames.numbered(2));
            assertThat(ring.dropAllFrames(reason)).isEqualTo(1);
            assertThat(ring.counts().dropped(reason)).isEqualTo(3);
            assertThat(ring.counts().dropped()).isEqualTo(3);
            assertThat(ring.counts().isBalanced()).isTrue();
            assertThat(ring.droppedOverflow()).isEqualTo(reason == DropReason.OVERFLOW ? 3 : 0);
        }

        @Test
        void shouldKeepControlItemsOverTheRingsSeam() {
            MediaRing ring = new MediaRing(QueueName.STT, 4, 4);
            for (int i = 0; i < 6; i++) {
                ring.add(new SttControl.Flush("gone"));
                ring.poll();
            }
            for (int i = 0; i < 4; i++) {
                ring.add(Frames.numbered(i));
                ring.add(new SttControl.Flush("f" + i));
            }
            ring.dropAllFrames(DropReason.CLEARED);
            assertThat(QueueText.of(ring.counts())).isEqualTo("in 4, cleared 4, max 4, control 4");
            for (int i = 0; i < 4; i++) {
                assertThat(ring.poll()).isEqualTo(new SttControl.Flush("f" + i));
            }
            assertThat(ring.isEmpty()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ACCEPTED, true",
        "ACCEPTED_DROPPING_OLDEST, true",
        "REFUSED_FULL, false",
        "REFUSED_DEAD_EPOCH, false",
        "CLOSED, false"
    })
    void shouldTellWhichAnswersMeanThatTheItemIsIn(OfferOutcome outcome, boolean accepted) {
        assertThat(outcome.isAccepted()).isEqualTo(accepted);
    }
}
