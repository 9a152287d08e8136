package io.steadyline.bootstrap.drill;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be broken on purpose; the numbers are those of the list of faults in docs/operations.md. */
public enum Drill {
    DEATHS(0, "every end that one machine can produce, against what the next boot says of it", Deaths::all),
    KILL_WORKER(1, "the worker is killed with -9, its calls are kept by the keeper", KeptCalls::killWorker),
    SIGTERM(2, "SIGTERM while calls run", Stops::drains),
    SIGTERM_GRACE(3, "SIGTERM with a grace that is shorter than the calls", Stops::graceEnds),
    SIGTERM_TWICE(4, "a second SIGTERM", Stops::secondSignal),
    STOP_HANGS(5, "the worker's stop hangs", Stops::hangs),
    HEAP_OOM(6, "the Java heap is exhausted, calls are kept", KeptCalls::heapOom),
    DIRECT_OOM(7, "direct memory is exhausted, calls are kept", KeptCalls::directOom),
    THREADS(8, "no more threads can be started, calls are kept", KeptCalls::threads),
    KERNEL_OOM(9, "the memory group's limit is reached, calls are kept", KeptCalls::kernelOom),
    NATIVE_CRASH(10, "native code crashes, calls are kept", KeptCalls::nativeCrash),
    EXIT(11, "code calls System.exit, calls are kept", KeptCalls::exit),
    HALT(11, "code halts the process, calls are kept", KeptCalls::halt),
    UNCAUGHT(12, "an exception that nobody catches, in a virtual thread", Lives::uncaught),
    STOPPED(13, "SIGSTOP for 2 s", Lives::stopped),
    JOURNAL_DAMAGED(18, "the journal and the records are damaged between two boots", Starts::damagedRecords),
    SECOND_WORKER(21, "a second worker on the same data directory", Starts::secondWorker),
    LOCK_DELETED(22, "the lock file is deleted and read", Starts::lockDeleted),
    PORT_TAKEN(23, "a stranger has the port", Starts::portTaken),
    WORKERS(24, "WEB_CONCURRENCY=4", Starts::workerCount),
    BURST(26, "the provider stalls for 5 s and then sends all at once", Lives::burst),
    VANISHED(27, "the provider's socket breaks without a goodbye", Lives::vanished),
    TWO_STREAMS(28, "a second stream for the same call", Lives::twoStreams),
    REJOIN(29, "kill -9 without a keeper, and the provider brings the calls back", Rejoins::afterAKill),
    KEEPER_KILLED(44, "the keeper is killed with -9", KeptCalls::keeperKilled),
    CRASH_LOOP(45, "the worker dies at each start", CrashLoops::atStart),
    UPGRADE(46, "an upgrade under load, with new calls coming in", KeptCalls::upgrade),
    PROBE_IN_A_STALL(48, "a liveness probe while the process stands still", Lives::probeInAStall);

    /** Runs it; returns what was seen and lost, for the table. */
    interface Run {
        DrillResult run(DrillContext context) throws Exception;
    }

    private final int number;
    private final String what;

    @SuppressWarnings("ImmutableEnumChecker") // references to static methods: nothing in them changes
    private final Run run;

    Drill(int number, String what, Run run) {
        this.number = number;
        this.what = what;
        this.run = run;
    }

    /** In the list of faults; 0: none of them alone. */
    public int number() {
        return number;
    }

    public String what() {
        return what;
    }

    /** As on the command line: {@code kill-worker}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws DrillFailure something was not as it has to be */
    public DrillResult run(DrillContext context) throws Exception {
        return run.run(context);
    }

    public static Optional<Drill> byLabel(String label) {
        return Arrays.stream(values())
                .filter(drill -> drill.label().equals(label))
                .findFirst();
    }
}
