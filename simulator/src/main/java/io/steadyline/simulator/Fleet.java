package io.steadyline.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The calls of a {@link FleetPlan} while they run. A thread of its own dials them when their time has come, so that a long
 * run does not hold the calls of its future; the calls run on the simulator's thread. Its methods may be called from any
 * thread. The simulator's progress listener tells how it goes.
 *
 * <pre>{@code
 * Fleet fleet = Fleet.place(simulator, FleetPlan.of(() -> CallPlan.to(uri).echoProbe(true), 100, ofSeconds(60))
 *         .withChurn(5, ofSeconds(3)));
 * System.out.print(Summary.of(fleet.report().join()));
 * }</pre>
 */
public final class Fleet {

    private final Simulator simulator;
    private final FleetPlan plan;
    private final ScheduledExecutorService dialler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("fleet").daemon(true).factory());
    private final CompletableFuture<List<CallReport>> reports = new CompletableFuture<>();

    /** Guarded by this. */
    private final List<LiveCall> live = new ArrayList<>();

    /** Guarded by this. */
    private final List<CallReport> over = new ArrayList<>();

    private final long beganNs = System.nanoTime();

    /** The dialler's thread only. */
    private int backgroundDialled;

    /** The dialler's thread only. */
    private long churnDialled;

    /** No call is to be dialled any more. Guarded by this. */
    private boolean isDialledOut;

    /** No call is being dialled any more. Guarded by this. */
    private boolean isDiallerDone;

    private Fleet(Simulator simulator, FleetPlan plan) {
        this.simulator = simulator;
        this.plan = plan;
    }

    /** Begins to dial at once. */
    public static Fleet place(Simulator simulator, FleetPlan plan) {
        Fleet fleet = new Fleet(simulator, plan);
        fleet.dialler.execute(fleet::dialDue);
        return fleet;
    }

    /** Completes when all calls are over; exceptionally when the simulator was closed while there were calls to dial. */
    public CompletableFuture<FleetReport> report() {
        return reports().thenApply(FleetReport::of);
    }

    /** The same as single reports, in the order of their ends. */
    public CompletableFuture<List<CallReport>> reports() {
        return reports.copy();
    }

    /** Calls that have been dialled and are not over. */
    public synchronized List<LiveCall> live() {
        return List.copyOf(live);
    }

    /** Dials no more; the calls that run drain and hang up as their plans say, but now. */
    public void finish() {
        synchronized (this) {
            isDialledOut = true;
            live.forEach(LiveCall::finish);
        }
        // The dialler may be in the middle of a call; it learns of it there, or when it wakes up for the next one.
        wake();
    }

    /** Dials what is due, then waits for the next. The dialler's thread. */
    private void dialDue() {
        try {
            long dueNs = nextNs();
            while (dueNs <= System.nanoTime() - beganNs && mayDial()) {
                dialNext();
                dueNs = nextNs();
            }
            if (dueNs == Long.MAX_VALUE || !mayDial()) {
                stopDialling();
            } else {
                var _ = dialler.schedule(this::dialDue, dueNs - (System.nanoTime() - beganNs), TimeUnit.NANOSECONDS);
            }
        } catch (RuntimeException e) {
            dialler.shutdown();
            reports.completeExceptionally(e);
        }
    }

    private void wake() {
        try {
            dialler.execute(this::stopDialling);
        } catch (RejectedExecutionException e) {
            // It had dialled everything already, and is gone.
            completeWhenOver();
        }
    }

    private synchronized boolean mayDial() {
        return !isDialledOut;
    }

    private void dialNext() {
        if (nextBackgroundNs() <= nextChurnNs()) {
            backgroundDialled++;
            dial(plan.backgroundCall());
        } else {
            churnDialled++;
            dial(plan.shortCall());
        }
    }

    private long nextNs() {
        return Math.min(nextBackgroundNs(), nextChurnNs());
    }

    private long nextBackgroundNs() {
        return backgroundDialled == plan.calls()
                ? Long.MAX_VALUE
                : Math.round(backgroundDialled * 1e9 / plan.rampPerSecond());
    }

    private long nextChurnNs() {
        if (plan.churnPerSecond() == 0) {
            return Long.MAX_VALUE;
        }
        long dueNs = Math.round(churnDialled * 1e9 / plan.churnPerSecond());
        return dueNs < plan.duration().toNanos() ? dueNs : Long.MAX_VALUE;
    }

    private void dial(CallPlan callPlan) {
        LiveCall call = simulator.dial(callPlan);
        synchronized (this) {
            live.add(call);
            if (isDialledOut) {
                call.finish();
            }
        }
        var _ = call.report().thenAccept(report -> onOver(call, report));
    }

    private void onOver(LiveCall call, CallReport report) {
        synchronized (this) {
            live.remove(call);
            over.add(report);
        }
        completeWhenOver();
    }

    private void stopDialling() {
        synchronized (this) {
            isDialledOut = true;
            isDiallerDone = true;
        }
        dialler.shutdown();
        completeWhenOver();
    }

    private void completeWhenOver() {
        List<CallReport> all;
        synchronized (this) {
            if (!isDiallerDone || !live.isEmpty()) {
                return;
            }
            all = List.copyOf(over);
        }
        reports.complete(all);
    }
}
