package io.steadyline.call;

import io.steadyline.benchmarks.hot.Stage;
import io.steadyline.call.TimerWheel.Timer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One turn of the wheel, a millisecond: a twentieth of all calls is due, and due again 20 ms later. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WheelBenchmark {

    private static final int CADENCE = 20;

    @Param({"1000"})
    @SuppressWarnings("NullAway.Init") // set by JMH
    public String calls;

    private TimerWheel wheel = new TimerWheel(0);
    private Timer[] timers = new Timer[0];
    private long nowNs;
    private int fired;

    @Setup
    public void setUp() {
        wheel = new TimerWheel(0);
        nowNs = 0;
        fired = 0;
        Call call = new Stage(1).calls()[0];
        timers = new Timer[Integer.parseInt(calls)];
        for (int i = 0; i < timers.length; i++) {
            timers[i] = new Timer(call);
            wheel.set(timers[i], (1 + i % CADENCE) * TimerWheel.SLOT_NS);
        }
    }

    @Benchmark
    public int turn() {
        nowNs += TimerWheel.SLOT_NS;
        int before = fired;
        wheel.fireDue(nowNs, call -> fired++);
        // The fired ones are those of this millisecond's place in the 20 ms.
        for (int i = (int) ((nowNs / TimerWheel.SLOT_NS - 1) % CADENCE); i < timers.length; i += CADENCE) {
            wheel.set(timers[i], nowNs + CADENCE * TimerWheel.SLOT_NS);
        }
        return fired - before;
    }
}
