package io.steadyline.benchmarks.hot;

import io.steadyline.media.AudioFrame;
import io.steadyline.media.MediaItem;
import io.steadyline.queue.RxQueue;
import io.steadyline.queue.SendQueue;
import io.steadyline.queue.SttQueue;
import io.steadyline.queue.TxQueue;
import io.steadyline.telemetry.RxMode;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One frame put and one taken, with four in the queue as in a healthy call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class QueueBenchmark {

    private static final int DEPTH = 4;

    private final AudioFrame frame = Samples.frames(1)[0];
    private final RxQueue rx = new RxQueue(200);
    private final SttQueue stt = new SttQueue(200);
    private final TxQueue tx = new TxQueue(120);
    private final SendQueue send = new SendQueue(144);

    public QueueBenchmark() {
        for (int i = 0; i < DEPTH; i++) {
            var _ = rx.offer(frame);
            var _ = stt.offer(frame, RxMode.NORMAL);
            var _ = tx.offer(frame, tx.epoch());
            var _ = send.offer(frame);
        }
    }

    @Benchmark
    public @Nullable AudioFrame rx() {
        var _ = rx.offer(frame);
        return rx.poll();
    }

    @Benchmark
    public @Nullable MediaItem stt() {
        var _ = stt.offer(frame, RxMode.NORMAL);
        return stt.poll();
    }

    @Benchmark
    public @Nullable MediaItem tx() {
        var _ = tx.offer(frame, tx.epoch());
        return tx.poll(true);
    }

    @Benchmark
    public @Nullable MediaItem send() {
        var _ = send.offer(frame);
        return send.poll();
    }
}
