package io.steadyline.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.AudioFrame;
import io.steadyline.media.MediaItem;
import io.steadyline.signal.SttControl;
import io.steadyline.signal.TxControl;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.RxMode;
import io.steadyline.testkit.Frames;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class QueueConcurrencyTest {

    private static final int ITEMS = 200_000;
    private static final int ITEMS_PER_CONTROL = 50;
    private static final int FRAMES = ITEMS - ITEMS / ITEMS_PER_CONTROL;

    private final TwoThreads threads = new TwoThreads();

    @Nested
    class BetweenLoopAndRecogniser {

        private final SttQueue queue = new SttQueue(SttQueue.DEFAULT_CAPACITY_FRAMES);
        private final AtomicInteger edges = new AtomicInteger();

        @Test
        void shouldBringEveryItemOnceAndInOrder() throws Exception {
            listen();
            AtomicInteger returns = new AtomicInteger();
            threads.run(this::putAll, () -> returns.set(takeAll(this::pollAndWake)));
            assertAllPassed(queue.counts());
            assertThat(queue.counts().maxDepth()).isLessThanOrEqualTo(SttQueue.DEFAULT_CAPACITY_FRAMES);
            // the taker comes back from an empty queue by one edge each time; it does not notice every edge
            assertThat(edges.get()).isBetween(returns.get(), ITEMS);
        }

        @Test
        void shouldWakeTheTakerExactlyOncePerEdge() throws Exception {
            int rounds = 5_000;
            AtomicInteger roundsTaken = new AtomicInteger();
            listen();
            threads.run(
                    () -> {
                        for (int round = 0; round < rounds; round++) {
                            queue.offer(Frames.numbered(round), RxMode.NORMAL);
                            while (roundsTaken.get() == round) {
                                threads.putter.sleep();
                            }
                        }
                    },
                    () -> {
                        for (int round = 0; round < rounds; round++) {
                            while (queue.poll() == null) {
                                threads.taker.sleep();
                            }
                            roundsTaken.incrementAndGet();
                            threads.putter.wake();
                        }
                    });
            assertThat(edges.get()).isEqualTo(rounds);
        }

        private void listen() {
            queue.onReadable(() -> {
                edges.incrementAndGet();
                threads.taker.wake();
            });
        }

        private void putAll() {
            for (int number = 0; number < ITEMS; number++) {
                while (offer(number) == OfferOutcome.REFUSED_FULL) {
                    threads.putter.sleep();
                }
            }
        }

        /** This queue tells nobody that it has room again: the giver asks anew with each frame, here with each control item. */
        private @Nullable MediaItem pollAndWake() {
            MediaItem item = queue.poll();
            if (item instanceof SttControl) {
                threads.putter.wake();
            }
            return item;
        }

        private OfferOutcome offer(int number) {
            return isControl(number)
                    ? queue.offer(new SttControl.Flush(Integer.toString(number)))
                    : queue.offer(Frames.numbered(number), RxMode.NORMAL);
        }
    }

    @Nested
    class BetweenAgentAndLoop {

        private final TxQueue queue = new TxQueue(TxQueue.DEFAULT_CAPACITY_FRAMES);

        /** Both belong to the taking thread, which also makes the queue writable. */
        private int framesSinceWritable = Integer.MAX_VALUE / 2;

        private int fewestFramesBetweenWritable = Integer.MAX_VALUE;

        @Test
        void shouldBringEveryItemOnceAndInOrderWithoutALoss() throws Exception {
            queue.onReadable(threads.taker::wake);
            queue.onWritable(this::writable);
            threads.run(this::putAllWhileWritable, () -> takeAll(this::pollAndCount));
            assertAllPassed(queue.counts());
            assertThat(queue.counts().maxDepth()).isLessThanOrEqualTo(TxQueue.HIGH_WATERMARK_FRAMES);
            assertThat(fewestFramesBetweenWritable)
                    .isGreaterThanOrEqualTo(TxQueue.HIGH_WATERMARK_FRAMES - TxQueue.LOW_WATERMARK_FRAMES);
        }

        @Test
        void shouldNeverGiveAFrameOfADeadEpoch() throws Exception {
            queue.onReadable(threads.taker::wake);
            AtomicInteger refused = new AtomicInteger();
            AtomicBoolean allPut = new AtomicBoolean();
            threads.run(
                    () -> {
                        for (int i = 0; i < ITEMS; i++) {
                            long epoch = queue.epoch();
                            OfferOutcome outcome = queue.offer(Frames.numbered(epoch), epoch);
                            refused.addAndGet(outcome.isAccepted() ? 0 : 1);
                        }
                        allPut.set(true);
                        threads.taker.wake();
                    },
                    () -> takeAndClear(allPut));
            QueueCounts counts = queue.counts();
            assertThat(counts.isBalanced()).isTrue();
            assertThat(counts.depth()).isZero();
            assertThat(counts.refused()).isEqualTo(refused.get());
            assertThat(counts.in() + counts.refused()).isEqualTo(ITEMS);
        }

        private void writable() {
            // the frame whose poll made the queue writable is counted after this call
            fewestFramesBetweenWritable = Math.min(fewestFramesBetweenWritable, framesSinceWritable + 1);
            framesSinceWritable = -1;
            threads.putter.wake();
        }

        private @Nullable MediaItem pollAndCount() {
            MediaItem item = queue.poll(true);
            if (item instanceof AudioFrame) {
                framesSinceWritable++;
            }
            return item;
        }

        private void putAllWhileWritable() {
            for (int number = 0; number < ITEMS; number++) {
                while (!queue.isWritable()) {
                    threads.putter.sleep();
                }
                assertThat(offer(number)).isEqualTo(OfferOutcome.ACCEPTED);
            }
        }

        private OfferOutcome offer(int number) {
            return isControl(number)
                    ? queue.offer(new TxControl.MarkPoint(Integer.toString(number), 1))
                    : queue.offer(Frames.numbered(number), 1);
        }

        /** Clears at every 100th frame; each frame's number is the epoch that it was offered in. */
        private void takeAndClear(AtomicBoolean allPut) {
            long epoch = queue.epoch();
            int taken = 0;
            while (true) {
                // read before the poll: when all is put, an empty poll is the end
                boolean last = allPut.get();
                MediaItem item = queue.poll(true);
                if (item == null && last) {
                    return;
                }
                if (item == null) {
                    threads.taker.sleep();
                    continue;
                }
                same("epoch", Frames.numberOf(item), epoch);
                if (++taken % 100 == 0) {
                    epoch = queue.clear();
                }
            }
        }
    }

    /** Returns how often an item came after there had been none. */
    private int takeAll(Supplier<@Nullable MediaItem> poll) {
        int returns = 0;
        boolean foundNothing = true;
        int number = 0;
        while (number < ITEMS) {
            MediaItem item = poll.get();
            if (item == null) {
                foundNothing = true;
                threads.taker.sleep();
                continue;
            }
            same("item", numberOf(item), number);
            returns += foundNothing ? 1 : 0;
            foundNothing = false;
            number++;
        }
        assertThat(poll.get()).isNull();
        return returns;
    }

    private static boolean isControl(int number) {
        return number % ITEMS_PER_CONTROL == 0;
    }

    private static long numberOf(MediaItem item) {
        return switch (item) {
            case SttControl.Flush flush -> Long.parseLong(flush.tag());
            case TxControl.MarkPoint mark -> Long.parseLong(mark.name());
            default -> Frames.numberOf(item);
        };
    }

    private static void same(String what, long actual, long expected) {
        if (actual != expected) {
            throw new AssertionError(what + ": " + actual + " (expected: " + expected + ")");
        }
    }

    private static void assertAllPassed(QueueCounts counts) {
        assertThat(counts.in()).isEqualTo(FRAMES);
        assertThat(counts.out()).isEqualTo(FRAMES);
        assertThat(counts.dropped()).isZero();
        assertThat(counts.controlDepth()).isZero();
    }
}
