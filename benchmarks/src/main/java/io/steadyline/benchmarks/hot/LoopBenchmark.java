package io.steadyline.benchmarks.hot;

import io.steadyline.call.Call;
import io.steadyline.call.CallLoop;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The media loop without sockets: what a call's frame costs when many calls share the wheel. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LoopBenchmark {

    @Param({"200", "1000"})
    @SuppressWarnings("NullAway.Init") // set by JMH
    public String calls;

    private Stage stage = new Stage(0);
    private Call[] all = new Call[0];
    private long nowNs;
    private int next;

    @Setup
    public void setUp() {
        int count = Integer.parseInt(calls);
        stage = new Stage(count);
        all = stage.calls();
        nowNs = 0;
        next = 0;
    }

    /** One frame of one call all the way: in, paced to the recogniser's queue and the agent, paced back, handed to the socket. */
    @Benchmark
    public long frame() {
        CallLoop loop = stage.loop();
        if (next == all.length) {
            next = 0;
        }
        // The calls share the 20 ms: with each of them a little time passes.
        nowNs += Samples.PTIME_NS / all.length;
        loop.onPeerEvent(all[next++], stage.mediaEvent(), nowNs);
        return loop.runDue(nowNs);
    }

    /** Frames that came back. */
    long sent() {
        return stage.sent();
    }
}
