package io.steadyline.bootstrap.system;

import io.steadyline.simulator.CallReport;
import io.steadyline.telemetry.Finding;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that only wants to run every five milliseconds. How late it did is what the machine, not the gateway, owes:
 * on a busy machine findings about timing say nothing, while drops and lost frames still do.
 */
final class MachinePauses implements AutoCloseable {

    private static final long TICK_NS = Duration.ofMillis(5).toNanos();

    /** Two frames: R17's figures cannot hold when those who send and those who pace do not get to run. */
    private static final double EXCUSE_MS = 40;

    private final Thread thread =
            Thread.ofPlatform().daemon().name("machine-pauses").start(this::run);
    private volatile boolean stopped;
    private volatile long worstNs;

    private void run() {
        while (!stopped) {
            long beforeNs = System.nanoTime();
            LockSupport.parkNanos(TICK_NS);
            worstNs = Math.max(worstNs, System.nanoTime() - beforeNs - TICK_NS);
        }
    }

    double worstMs() {
        return worstNs / 1e6;
    }

    /** What is left of the findings when those are taken away that a machine without time for us explains. */
    List<Finding> serious(List<Finding> findings, CallReport report) {
        boolean busy = Math.max(worstMs(), report.sent().lateness().maxMs()) >= EXCUSE_MS;
        return findings.stream()
                .filter(finding -> !busy || finding.what().contains("drops"))
                .toList();
    }

    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
    }
}
