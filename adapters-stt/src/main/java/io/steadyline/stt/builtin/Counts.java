package io.steadyline.stt.builtin;

import java.util.concurrent.atomic.AtomicLong;

/** Running totals of the recogniser; written by its thread and by those who open, read by anyone. */
final class Counts {

    final AtomicLong opened = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong closed = new AtomicLong();
    final AtomicLong failed = new AtomicLong();
    final AtomicLong sinkFailures = new AtomicLong();
    final AtomicLong staleFrames = new AtomicLong();

    BuiltinRecogniser.Counters snapshot() {
        // Closed first: a session that opens in between must not make the number of open ones negative.
        long closedBefore = closed.get();
        return new BuiltinRecogniser.Counters(
                opened.get() - closedBefore,
                opened.get(),
                refused.get(),
                failed.get(),
                sinkFailures.get(),
                staleFrames.get());
    }
}
