package io.steadyline.queue;

import static io.steadyline.queue.OfferOutcome.ACCEPTED;
import static io.steadyline.queue.OfferOutcome.ACCEPTED_DROPPING_OLDEST;
import static io.steadyline.queue.OfferOutcome.CLOSED;
import static io.steadyline.queue.OfferOutcome.REFUSED_FULL;
import static io.steadyline.telemetry.RxMode.DRAIN;
import static io.steadyline.telemetry.RxMode.NORMAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.AudioFrame;
import io.steadyline.signal.SttControl;
import io.steadyline.telemetry.QueueName;
import io.steadyline.telemetry.RxMode;
import io.steadyline.testkit.Frames;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SttQueueTest {

    private static final int CONTROL_LIMIT = 64;

    private final SttQueue queue = new SttQueue(SttQueue.DEFAULT_CAPACITY_FRAMES);

    @Nested
    class WhenEmpty {

        @Test
        void shouldGiveNothing() {
            assertThat(queue.poll()).isNull();
            assertCounts("");
        }

        @Test
        void shouldCountUnderItsOwnName() {
            assertThat(queue.counts().queue()).isEqualTo(QueueName.STT);
        }

        @Test
        void shouldHoldTheFramesOfFourSecondsByDefault() {
            assertThat(SttQueue.DEFAULT_CAPACITY_FRAMES).isEqualTo(200);
        }
    }

    @Nested
    class WhenFilling {

        @ParameterizedTest
        @EnumSource(RxMode.class)
        void shouldTakeTheLastFrameThatFits(RxMode mode) {
            fill(199);
            assertThat(queue.offer(Frames.numbered(199), mode)).isEqualTo(ACCEPTED);
            assertCounts("in 200, depth 200, max 200");
        }

        @Test
        void shouldGiveFramesInTheirOrderWithoutACopy() {
            List<AudioFrame> frames = Frames.numberedFrom(0, 3);
            frames.forEach(frame -> queue.offer(frame, NORMAL));
            frames.forEach(frame -> assertThat(queue.poll()).isSameAs(frame));
            assertCounts("in 3, out 3, max 3");
        }
    }

    @Nested
    class WhenFullInNormalMode {

        @Test
        void shouldRefuseSoThatTheGiverKeepsTheFrame() {
            fill(200);
            assertThat(queue.offer(Frames.numbered(200), NORMAL)).isEqualTo(REFUSED_FULL);
            assertCounts("in 200, refused 1, depth 200, max 200");
            assertThat(takeNumber()).isZero();
        }

        @Test
        void shouldAcceptTheSameFrameOnceOneWasTaken() {
            fill(200);
            queue.offer(Frames.numbered(200), NORMAL);
            queue.poll();
            assertThat(queue.offer(Frames.numbered(200), NORMAL)).isEqualTo(ACCEPTED);
            assertCounts("in 201, out 1, refused 1, depth 200, max 200");
        }

        @Test
        void shouldDropNothing() {
            fill(300);
            assertThat(queue.droppedByOverflow()).isZero();
            assertCounts("in 200, refused 100, depth 200, max 200");
        }
    }

    @Nested
    class WhenFullInDrainMode {

        @Test
        void shouldDropTheOldestFrame() {
            fill(200);
            assertThat(queue.offer(Frames.numbered(200), DRAIN)).isEqualTo(ACCEPTED_DROPPING_OLDEST);
            assertCounts("in 201, overflow 1, depth 200, max 200");
            assertThat(queue.droppedByOverflow()).isEqualTo(1);
            assertThat(takeNumber()).isEqualTo(1);
        }

        @Test
        void shouldDropTheOldestFrameBehindControlItems() {
            SttControl first = flush("first");
            SttControl second = flush("second");
            queue.offer(first);
            queue.offer(second);
            fill(200);
            queue.offer(Frames.numbered(200), DRAIN);
            assertCounts("in 201, overflow 1, depth 200, max 200, control 2");
            assertThat(queue.poll()).isSameAs(first);
            assertThat(queue.poll()).isSameAs(second);
            assertThat(takeNumber()).isEqualTo(1);
        }
    }

    @Nested
    class WhenControlItemsStandAmongTheAudio {

        @Test
        void shouldKeepThemInTheirPlace() {
            SttControl flush = flush("a");
            SttControl end = new SttControl.EndOfInput();
            AudioFrame frame = Frames.numbered(0);
            queue.offer(flush);
            queue.offer(frame, NORMAL);
            queue.offer(end);
            assertCounts("in 1, depth 1, max 1, control 2");
            assertThat(queue.poll()).isSameAs(flush);
            assertCounts("in 1, depth 1, max 1, control 1");
            assertThat(queue.poll()).isSameAs(frame);
            assertCounts("in 1, out 1, max 1, control 1");
            assertThat(queue.poll()).isSameAs(end);
            assertCounts("in 1, out 1, max 1");
        }

        @Test
        void shouldTakeThemWhenItIsFullOfFrames() {
            fill(200);
            assertThat(queue.offer(flush("a"))).isEqualTo(ACCEPTED);
            assertCounts("in 200, depth 200, max 200, control 1");
        }

        @Test
        void shouldTake64AndRefuseThe65th() {
            for (int i = 0; i < CONTROL_LIMIT; i++) {
                assertThat(queue.offer(flush("f" + i))).isEqualTo(ACCEPTED);
            }
            assertThat(queue.offer(flush("f64"))).isEqualTo(REFUSED_FULL);
            assertCounts("control 64");
            queue.poll();
            assertThat(queue.offer(flush("f64"))).isEqualTo(ACCEPTED);
            assertCounts("control 64");
        }

        @Test
        void shouldTakeAllFramesBeside64ControlItems() {
            for (int i = 0; i < CONTROL_LIMIT; i++) {
                queue.offer(flush("f" + i));
            }
            fill(201);
            assertCounts("in 200, refused 1, depth 200, max 200, control 64");
            for (int i = 0; i < CONTROL_LIMIT; i++) {
                assertThat(queue.poll()).isEqualTo(flush("f" + i));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(takeNumber()).isEqualTo(i);
            }
        }
    }

    @Nested
    class WhenHeld {

        @ParameterizedTest
        @EnumSource(RxMode.class)
        void shouldRefuseFramesAndCountIt(RxMode mode) {
            queue.hold();
            assertThat(queue.offer(Frames.numbered(0), mode)).isEqualTo(REFUSED_FULL);
            assertCounts("refused 1");
        }

        @Test
        void shouldDropNothingInDrainModeEvenIfFull() {
            fill(200);
            queue.hold();
            assertThat(queue.offer(Frames.numbered(200), DRAIN)).isEqualTo(REFUSED_FULL);
            assertCounts("in 200, refused 1, depth 200, max 200");
        }

        @Test
        void shouldLetControlItemsPass() {
            queue.hold();
            assertThat(queue.offer(flush("a"))).isEqualTo(ACCEPTED);
            assertCounts("control 1");
        }

        @Test
        void shouldStillGiveWhatIsQueued() {
            fill(1);
            queue.hold();
            assertThat(takeNumber()).isZero();
        }

        @Test
        void shouldAcceptAgainAfterRelease() {
            queue.hold();
            queue.release();
            assertThat(queue.offer(Frames.numbered(0), NORMAL)).isEqualTo(ACCEPTED);
            assertCounts("in 1, depth 1, max 1");
        }
    }

    @Nested
    class WhenClosed {

        @ParameterizedTest
        @EnumSource(RxMode.class)
        void shouldRefuseFramesAndControlItems(RxMode mode) {
            queue.close();
            assertThat(queue.offer(Frames.numbered(0), mode)).isEqualTo(CLOSED);
            assertThat(queue.offer(flush("a"))).isEqualTo(CLOSED);
            assertCounts("refused 1");
        }

        @Test
        void shouldStillGiveWhatIsQueued() {
            fill(1);
            queue.offer(flush("a"));
            queue.close();
            assertThat(takeNumber()).isZero();
            assertThat(queue.poll()).isEqualTo(flush("a"));
            assertCounts("in 1, out 1, max 1");
        }

        @Test
        void shouldSayClosedAndNotFullWhenItIsAlsoFullAndHeld() {
            fill(200);
            queue.hold();
            queue.close();
            assertThat(queue.offer(Frames.numbered(200), DRAIN)).isEqualTo(CLOSED);
            assertCounts("in 200, refused 1, depth 200, max 200");
        }
    }

    @Nested
    class WhenDiscarded {

        @Test
        void shouldCountTheFramesAndKeepTheControlItems() {
            fill(2);
            queue.offer(flush("a"));
            queue.offer(Frames.numbered(2), NORMAL);
            queue.offer(new SttControl.EndOfInput());
            assertThat(queue.discard()).isEqualTo(3);
            assertCounts("in 3, closed 3, max 3, control 2");
            assertThat(queue.poll()).isEqualTo(flush("a"));
            assertThat(queue.poll()).isEqualTo(new SttControl.EndOfInput());
            assertThat(queue.poll()).isNull();
        }

        @Test
        void shouldBeClosedFromThenOn() {
            queue.discard();
            assertThat(queue.offer(Frames.numbered(0), NORMAL)).isEqualTo(CLOSED);
            assertThat(queue.offer(flush("a"))).isEqualTo(CLOSED);
        }
    }

    @Nested
    class WhenSomeoneListens {

        private final List<String> calls = new ArrayList<>();

        @Test
        void shouldTellOfTheFirstFrameOnly() {
            listen();
            fill(3);
            assertThat(calls).containsExactly("readable");
        }

        @Test
        void shouldTellOfAControlItem() {
            listen();
            queue.offer(flush("a"));
            queue.offer(flush("b"));
            fill(1);
            assertThat(calls).hasSize(1);
        }

        @Test
        void shouldTellAgainAfterItWasEmptyInBetween() {
            listen();
            fill(2);
            queue.poll();
            fill(1);
            assertThat(calls).hasSize(1);
            queue.poll();
            queue.poll();
            assertThat(calls).hasSize(1);
            fill(1);
            assertThat(calls).hasSize(2);
        }

        @Test
        void shouldTellAtOnceWhenSomethingIsQueuedAlready() {
            fill(1);
            listen();
            assertThat(calls).hasSize(1);
        }

        @Test
        void shouldNotTellAtOnceWhenNothingIsQueued() {
            listen();
            assertThat(calls).isEmpty();
        }

        @Test
        void shouldNotTellOfWhatItRefused() {
            listen();
            queue.hold();
            fill(1);
            queue.close();
            fill(1);
            queue.offer(flush("a"));
            assertThat(calls).isEmpty();
        }

        @Test
        void shouldHaveTheItemReadyWhenItTells() {
            queue.onReadable(() -> calls.add(
                    "depth " + queue.counts().depth() + "+" + queue.counts().controlDepth()));
            fill(1);
            queue.poll();
            queue.offer(flush("a"));
            assertThat(calls).containsExactly("depth 1+0", "depth 0+1");
        }

        @Test
        void shouldNotTellOfAFrameThatReplacedTheOnlyOne() {
            SttQueue smallest = new SttQueue(1);
            smallest.onReadable(() -> calls.add("readable"));
            smallest.offer(Frames.numbered(0), DRAIN);
            smallest.offer(Frames.numbered(1), DRAIN);
            assertThat(calls).hasSize(1);
        }

        @Test
        void shouldTellTheLatestListenerOnly() {
            queue.onReadable(() -> calls.add("first"));
            queue.onReadable(() -> calls.add("second"));
            fill(1);
            assertThat(calls).containsExactly("second");
        }

        private void listen() {
            queue.onReadable(() -> calls.add("readable"));
        }
    }

    private void fill(int frames) {
        Frames.numberedFrom(0, frames).forEach(frame -> queue.offer(frame, NORMAL));
    }

    private long takeNumber() {
        return Frames.numberOf(queue.poll());
    }

    private static SttControl flush(String tag) {
        return new SttControl.Flush(tag);
    }

    private void assertCounts(String expected) {
        assertThat(QueueText.of(queue.counts())).isEqualTo(expected);
        assertThat(queue.depthFrames()).isEqualTo(queue.counts().depth());
    }
}
