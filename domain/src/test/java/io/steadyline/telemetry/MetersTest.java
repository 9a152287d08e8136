package io.steadyline.telemetry;

import static io.steadyline.testkit.SimulatedTime.ns;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetersTest {

    private static final long SECOND_NS = 1_000_000_000;

    @Nested
    class Receiving {

        private final RxMeter meter = new RxMeter();

        @Test
        void shouldSumUpASecondAndStartTheNextOneEmpty() {
            meter.onArrival(ns(0));
            meter.onArrival(ns(20));
            meter.onArrival(ns(75));
            meter.onArrival(ns(80));
            meter.onFrameIn(3);
            meter.onFrameIn(9);
            meter.onFrameIn(2);
            meter.onWritten(1_000_000);
            meter.onWritten(2_000_000);
            meter.onRefused();
            meter.onRefused();
            meter.onDrops(4);
            meter.onDrops(1);
            meter.onDraining();
            meter.onRefusedInput();
            meter.onMissing(6);
            assertThat(meter.endSecond(SECOND_NS / 2, 5, 7))
                    .isEqualTo(new RxSecond(RxMode.DRAIN, 6, 5, 9, 5, 1.5, 2, 2, 7, 6, 1, 55));
            assertThat(meter.endSecond(SECOND_NS, 4, 0))
                    .isEqualTo(new RxSecond(RxMode.NORMAL, 0, 4, 4, 0, 0, 0, 0, 0, 0, 0, 0));
        }

        @Test
        void shouldMeasureAGapThatReachesIntoTheNextSecond() {
            meter.onArrival(ns(990));
            meter.endSecond(SECOND_NS, 0, 0);
            meter.onArrival(ns(1290));
            assertThat(meter.endSecond(SECOND_NS, 0, 0).maxArrivalGapMs()).isEqualTo(300);
        }

        @Test
        void shouldSeeNoGapBeforeTheFirstMessage() {
            meter.onArrival(ns(5000));
            assertThat(meter.endSecond(SECOND_NS, 0, 0).maxArrivalGapMs()).isZero();
        }
    }

    @Nested
    class Sending {

        private final TxMeter meter = new TxMeter();

        @Test
        void shouldSumUpASecondAndStartTheNextOneEmpty() {
            meter.onPaced(2_000_000);
            meter.onPaced(1_000_000);
            meter.onWritten();
            meter.onWritten();
            meter.onWritten();
            meter.onDrops(3);
            meter.onDrops(1);
            meter.onCleared(5);
            meter.onCleared(1);
            meter.onUnderrun();
            assertThat(meter.endSecond(SECOND_NS / 2, 8, 9, true)).isEqualTo(new TxSecond(6, 8, 4, 6, false, 9, 2, 1));
            assertThat(meter.endSecond(SECOND_NS, 0, 0, true)).isEqualTo(new TxSecond(0, 0, 0, 0, true, 0, 0, 0));
        }

        @Test
        void shouldCallOnlyAWholeSecondOfAudioPlaying() {
            assertThat(meter.endSecond(SECOND_NS, 0, 0, true).playing()).isFalse();
            assertThat(meter.endSecond(SECOND_NS, 0, 0, true).playing()).isTrue();
            assertThat(meter.endSecond(SECOND_NS, 0, 0, false).playing()).isFalse();
            assertThat(meter.endSecond(SECOND_NS, 0, 0, true).playing()).isFalse();
        }

        @ParameterizedTest
        @EnumSource
        void shouldNotCallASecondPlayingThatWasInterrupted(Interruption interruption) {
            meter.endSecond(SECOND_NS, 0, 0, true);
            switch (interruption) {
                case UNDERRUN -> meter.onUnderrun();
                case PLAYBACK_END -> meter.onSilence();
                case CLEAR -> meter.onCleared(0);
            }
            assertThat(meter.endSecond(SECOND_NS, 0, 0, true).playing()).isFalse();
            assertThat(meter.endSecond(SECOND_NS, 0, 0, true).playing()).isTrue();
        }

        enum Interruption {
            UNDERRUN,
            PLAYBACK_END,
            CLEAR
        }
    }

    @Nested
    class Counts {

        private final QueueCounts counts = new QueueCounts(QueueName.TX, 100, 80, 5, 3, 2, 9, 10, 40, 1);

        @Test
        void shouldBalance() {
            assertThat(counts.isBalanced()).isTrue();
            assertThat(counts.dropped()).isEqualTo(10);
            assertThat(new QueueCounts(QueueName.TX, 100, 80, 5, 3, 2, 9, 11, 40, 1).isBalanced())
                    .isFalse();
        }

        @Test
        void shouldGiveEachReasonItsNumber() {
            assertThat(counts.dropped(DropReason.OVERFLOW)).isEqualTo(5);
            assertThat(counts.dropped(DropReason.CLEARED)).isEqualTo(3);
            assertThat(counts.dropped(DropReason.CLOSED)).isEqualTo(2);
        }
    }
}
