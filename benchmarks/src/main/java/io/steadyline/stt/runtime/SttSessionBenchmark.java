package io.steadyline.stt.runtime;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * One frame of a call that a vendor listens to: offered to the session's queue, and the turn that sends it, on simulated time. The
 * frame itself is made anew, as it is for each message of a caller.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SttSessionBenchmark {

    private final AnsweredCall call = new AnsweredCall();

    @Benchmark
    public long frame() {
        return call.frame();
    }
}
