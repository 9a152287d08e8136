package io.steadyline.benchmarks.hot;

import io.steadyline.pacing.RxPacer;
import io.steadyline.pacing.RxPacing;
import io.steadyline.pacing.TxPacer;
import io.steadyline.pacing.TxPacing;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The decisions about one frame: asked too early, asked in time, and told that it is on its way. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PacerBenchmark {

    private final RxPacer rx = new RxPacer(RxPacing.DEFAULT);
    private final TxPacer tx = new TxPacer(TxPacing.DEFAULT);
    private long rxNowNs;
    private long txNowNs;

    @Benchmark
    public RxPacer.Decision rx() {
        RxPacer.Decision early = rx.decide(rxNowNs + Samples.PTIME_NS / 2, 2);
        rxNowNs += Samples.PTIME_NS;
        RxPacer.Decision inTime = rx.decide(rxNowNs, 2);
        rx.onWritten(rxNowNs);
        return early == RxPacer.Decision.RELEASE ? early : inTime;
    }

    @Benchmark
    public long tx() {
        TxPacer.Decision early = tx.decide(txNowNs + Samples.PTIME_NS / 2, true);
        txNowNs += Samples.PTIME_NS;
        TxPacer.Decision inTime = tx.decide(txNowNs, true);
        boolean isRight = early == TxPacer.Decision.WAIT && inTime == TxPacer.Decision.SEND;
        return isRight ? tx.onSent(txNowNs) : -1;
    }
}
