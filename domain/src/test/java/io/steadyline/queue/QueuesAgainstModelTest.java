package io.steadyline.queue;

import io.steadyline.media.AudioFrame;
import io.steadyline.media.MediaItem;
import io.steadyline.signal.PeerControl;
import io.steadyline.signal.SttControl;
import io.steadyline.signal.TxControl;
import io.steadyline.telemetry.DropReason;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.QueueName;
import io.steadyline.telemetry.RxMode;
import io.steadyline.testkit.NaiveQueue;
import io.steadyline.testkit.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Random moves on each queue and on its naive model: same answers, same items, same counts, at every step. */
class QueuesAgainstModelTest {

    private static final int RUNS = 1_000;

    @Test
    void shouldDoAsTheModelOfTheRxQueueDoes() {
        Seeds.forEach(RUNS, (seed, random) -> new RxPlay(random, RandomPlay.anyCapacity(random)).play());
    }

    @Test
    void shouldDoAsTheModelOfTheSttQueueDoes() {
        Seeds.forEach(RUNS, (seed, random) -> new SttPlay(random, RandomPlay.anyCapacity(random)).play());
    }

    @Test
    void shouldDoAsTheModelOfTheTxQueueDoes() {
        Seeds.forEach(RUNS, (seed, random) -> new TxPlay(random, RandomPlay.anyCapacity(random)).play());
    }

    @Test
    void shouldDoAsTheModelOfTheSendQueueDoes() {
        Seeds.forEach(RUNS, (seed, random) -> new SendPlay(random, RandomPlay.anyCapacity(random)).play());
    }

    private static OfferOutcome putDroppingOldest(NaiveQueue model, AudioFrame frame) {
        OfferOutcome outcome = OfferOutcome.ACCEPTED;
        if (model.isFullOfFrames()) {
            model.dropOldest();
            outcome = OfferOutcome.ACCEPTED_DROPPING_OLDEST;
        }
        model.add(frame);
        return outcome;
    }

    private static OfferOutcome refuse(NaiveQueue model, OfferOutcome refusal) {
        model.refuse();
        return refusal;
    }

    private static final class RxPlay extends RandomPlay {
        private final RxQueue queue;

        RxPlay(RandomGenerator random, int capacityFrames) {
            super(random, capacityFrames, new NaiveQueue(QueueName.RX, capacityFrames, 0));
            queue = new RxQueue(capacityFrames);
        }

        @Override
        void offerFrame(AudioFrame frame) {
            OfferOutcome expected = closed ? refuse(model, OfferOutcome.CLOSED) : putDroppingOldest(model, frame);
            sameOutcome(queue.offer(frame), expected);
        }

        /** The RX queue has no control items: a poll instead. */
        @Override
        void offerControl(long number) {
            poll();
        }

        @Override
        void poll() {
            sameItem(queue.poll(), model.poll());
        }

        @Override
        void rareMove() {
            switch (random.nextInt(8)) {
                case 0 -> {
                    closed = true;
                    queue.close();
                }
                case 1 -> {
                    closed = true;
                    same("discarded", queue.discard(), model.dropAll(DropReason.CLOSED));
                }
                default -> poll();
            }
        }

        @Override
        QueueCounts counts() {
            return queue.counts();
        }

        @Override
        void checkState() {
            same("depth", queue.depthFrames(), model.depthFrames());
            same("overflow", queue.droppedByOverflow(), model.dropped(DropReason.OVERFLOW));
        }

        @Override
        long numberOfControl(MediaItem control) {
            throw new AssertionError("item: " + control + " (expected: a frame)");
        }
    }

    private static final class SttPlay extends RandomPlay {
        private final SttQueue queue;
        private boolean held;
        private int readableCalls;
        private int readableExpected;

        SttPlay(RandomGenerator random, int capacityFrames) {
            super(random, capacityFrames, new NaiveQueue(QueueName.STT, capacityFrames, 64));
            queue = new SttQueue(capacityFrames);
            queue.onReadable(() -> readableCalls++);
        }

        @Override
        void offerFrame(AudioFrame frame) {
            RxMode mode = Seeds.oneOf(random, RxMode.NORMAL, RxMode.DRAIN);
            boolean wasEmpty = model.isEmpty();
            OfferOutcome expected = putInModel(frame, mode);
            sameOutcome(queue.offer(frame, mode), expected);
            expectCallIf(wasEmpty);
        }

        private OfferOutcome putInModel(AudioFrame frame, RxMode mode) {
            if (closed) {
                return refuse(model, OfferOutcome.CLOSED);
            }
            if (held || (mode == RxMode.NORMAL && model.isFullOfFrames())) {
                return refuse(model, OfferOutcome.REFUSED_FULL);
            }
            return putDroppingOldest(model, frame);
        }

        @Override
        void offerControl(long number) {
            SttControl control = new SttControl.Flush(Long.toString(number));
            boolean wasEmpty = model.isEmpty();
            OfferOutcome expected = OfferOutcome.ACCEPTED;
            if (closed) {
                expected = OfferOutcome.CLOSED;
            } else if (model.isFullOfControls()) {
                expected = OfferOutcome.REFUSED_FULL;
            } else {
                model.add(control);
            }
            sameControlOutcome(queue.offer(control), expected);
            expectCallIf(wasEmpty);
        }

        private void expectCallIf(boolean wasEmpty) {
            if (wasEmpty && !model.isEmpty()) {
                readableExpected++;
            }
        }

        @Override
        void poll() {
            sameItem(queue.poll(), model.poll());
        }

        @Override
        void rareMove() {
            switch (random.nextInt(16)) {
                case 0 -> {
                    closed = true;
                    queue.close();
                }
                case 1 -> {
                    closed = true;
                    same("discarded", queue.discard(), model.dropAll(DropReason.CLOSED));
                }
                case 2, 3 -> {
                    queue.onReadable(() -> readableCalls++);
                    readableExpected += model.isEmpty() ? 0 : 1;
                }
                case 4, 5, 6, 7 -> {
                    held = true;
                    queue.hold();
                }
                default -> {
                    held = false;
                    queue.release();
                }
            }
        }

        @Override
        QueueCounts counts() {
            return queue.counts();
        }

        @Override
        void checkState() {
            same("depth", queue.depthFrames(), model.depthFrames());
            same("overflow", queue.droppedByOverflow(), model.dropped(DropReason.OVERFLOW));
            same("calls of onReadable", readableCalls, readableExpected);
        }

        @Override
        long numberOfControl(MediaItem control) {
            return Long.parseLong(((SttControl.Flush) control).tag());
        }
    }

    private static final class TxPlay extends RandomPlay {
        private final TxQueue queue;
        private final Map<MediaItem, Long> epochs = new HashMap<>();
        private final List<Integer> depths = new ArrayList<>();
        private long epoch = 1;
        private int readableCalls;
        private int readableExpected;
        private int writableCalls;
        private int writableExpected;

        TxPlay(RandomGenerator random, int capacityFrames) {
            super(random, capacityFrames, new NaiveQueue(QueueName.TX, capacityFrames, 256));
            queue = new TxQueue(capacityFrames);
            queue.onReadable(() -> readableCalls++);
            queue.onWritable(() -> writableCalls++);
        }

        private long anyEpoch() {
            return switch (random.nextInt(10)) {
                case 0 -> epoch + 1;
                case 1 -> random.nextLong(epoch);
                default -> epoch;
            };
        }

        @Override
        void offerFrame(AudioFrame frame) {
            long frameEpoch = anyEpoch();
            epochs.put(frame, frameEpoch);
            boolean wasEmpty = model.isEmpty();
            OfferOutcome expected;
            if (closed) {
                expected = refuse(model, OfferOutcome.CLOSED);
            } else if (frameEpoch != epoch) {
                expected = refuse(model, OfferOutcome.REFUSED_DEAD_EPOCH);
            } else {
                expected = putDroppingOldest(model, frame);
            }
            sameOutcome(queue.offer(frame, frameEpoch), expected);
            noteDepth(wasEmpty);
        }

        @Override
        void offerControl(long number) {
            TxControl control = new TxControl.MarkPoint(Long.toString(number), anyEpoch());
            boolean wasEmpty = model.isEmpty();
            OfferOutcome expected = OfferOutcome.ACCEPTED;
            if (closed) {
                expected = OfferOutcome.CLOSED;
            } else if (control.epoch() != epoch) {
                expected = OfferOutcome.REFUSED_DEAD_EPOCH;
            } else if (model.isFullOfControls()) {
                expected = OfferOutcome.REFUSED_FULL;
            } else {
                model.add(control);
            }
            sameControlOutcome(queue.offer(control), expected);
            noteDepth(wasEmpty);
        }

        @Override
        void poll() {
            boolean audioToo = random.nextInt(4) != 0;
            boolean waits = !audioToo && model.peek() instanceof AudioFrame;
            MediaItem item = queue.poll(audioToo);
            sameItem(item, waits ? null : model.poll());
            if (item instanceof AudioFrame) {
                same("epoch of the frame", epochs.get(item), epoch);
            }
            noteDepth(false);
        }

        @Override
        void rareMove() {
            switch (random.nextInt(16)) {
                case 0 -> {
                    closed = true;
                    queue.close();
                }
                case 1 -> {
                    closed = true;
                    same("discarded", queue.discard(), model.dropAll(DropReason.CLOSED));
                }
                default -> {
                    model.dropAll(DropReason.CLEARED);
                    same("new epoch", queue.clear(), ++epoch);
                    noteDepth(false);
                }
            }
        }

        private void noteDepth(boolean wasEmpty) {
            if (wasEmpty && !model.isEmpty()) {
                readableExpected++;
            }
            boolean wasWritable = isWritableByHistory();
            depths.add(model.depthFrames());
            if (!wasWritable && isWritableByHistory()) {
                writableExpected++;
            }
        }

        /** Whichever watermark was touched last decides. */
        private boolean isWritableByHistory() {
            for (int depth : depths.reversed()) {
                if (depth >= 15) {
                    return false;
                }
                if (depth <= 8) {
                    return true;
                }
            }
            return true;
        }

        @Override
        QueueCounts counts() {
            return queue.counts();
        }

        @Override
        void checkState() {
            same("depth", queue.depthFrames(), model.depthFrames());
            same("empty", queue.isEmpty(), model.isEmpty());
            same("epoch", queue.epoch(), epoch);
            same("writable", queue.isWritable(), !closed && isWritableByHistory());
            same("calls of onReadable", readableCalls, readableExpected);
            if (!closed) {
                same("calls of onWritable", writableCalls, writableExpected);
            }
        }

        @Override
        long numberOfControl(MediaItem control) {
            return Long.parseLong(((TxControl.MarkPoint) control).name());
        }
    }

    private static final class SendPlay extends RandomPlay {
        private final SendQueue queue;

        SendPlay(RandomGenerator random, int capacityFrames) {
            super(random, capacityFrames, new NaiveQueue(QueueName.SEND, capacityFrames, 256));
            queue = new SendQueue(capacityFrames);
        }

        @Override
        void offerFrame(AudioFrame frame) {
            OfferOutcome expected = closed ? refuse(model, OfferOutcome.CLOSED) : putDroppingOldest(model, frame);
            sameOutcome(queue.offer(frame), expected);
        }

        @Override
        void offerControl(long number) {
            PeerControl control = new PeerControl.SendMark(Long.toString(number));
            OfferOutcome expected = OfferOutcome.ACCEPTED;
            if (closed) {
                expected = OfferOutcome.CLOSED;
            } else if (model.isFullOfControls()) {
                expected = OfferOutcome.REFUSED_FULL;
            } else {
                model.add(control);
            }
            sameControlOutcome(queue.offer(control), expected);
        }

        @Override
        void poll() {
            sameItem(queue.poll(), model.poll());
        }

        @Override
        void rareMove() {
            if (random.nextInt(16) == 0) {
                closed = true;
                same("discarded", queue.discard(), model.dropAll(DropReason.CLOSED));
            } else {
                same("cleared", queue.clearFrames(), model.dropAll(DropReason.CLEARED));
            }
        }

        @Override
        QueueCounts counts() {
            return queue.counts();
        }

        @Override
        void checkState() {
            same("depth", queue.depthFrames(), model.depthFrames());
            same("empty", queue.isEmpty(), model.isEmpty());
            same("room for control", queue.hasRoomForControl(), !model.isFullOfControls());
        }

        @Override
        long numberOfControl(MediaItem control) {
            return Long.parseLong(((PeerControl.SendMark) control).wireName());
        }
    }
}
