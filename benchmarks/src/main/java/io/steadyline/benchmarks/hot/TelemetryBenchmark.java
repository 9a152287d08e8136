package io.steadyline.benchmarks.hot;

import io.steadyline.telemetry.RxMeter;
import io.steadyline.telemetry.RxSecond;
import io.steadyline.telemetry.TelemetryLine;
import io.steadyline.telemetry.TxMeter;
import io.steadyline.telemetry.TxSecond;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is noted of one frame, and what a call's second costs at its end. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TelemetryBenchmark {

    private static final long SECOND_NS = 1_000_000_000;

    private final RxMeter rx = new RxMeter();
    private final TxMeter tx = new TxMeter();
    private long nowNs;

    @Benchmark
    public long frame() {
        nowNs += Samples.PTIME_NS;
        rx.onArrival(nowNs);
        rx.onFrameIn(2);
        rx.onWritten(800);
        tx.onPaced(120_000);
        tx.onWritten();
        return nowNs;
    }

    /** One a call and second. */
    @Benchmark
    public double second() {
        RxSecond received = rx.endSecond(SECOND_NS, 2, 0);
        TxSecond sent = tx.endSecond(SECOND_NS, 2, 0, true);
        return received.fpsIn() + sent.fps();
    }

    /** The same with its two lines, which calls beyond telemetry.lines-for-calls do not have. */
    @Benchmark
    public int secondWithLines() {
        RxSecond received = rx.endSecond(SECOND_NS, 2, 0);
        TxSecond sent = tx.endSecond(SECOND_NS, 2, 0, true);
        return TelemetryLine.of(received).length() + TelemetryLine.of(sent).length();
    }
}
