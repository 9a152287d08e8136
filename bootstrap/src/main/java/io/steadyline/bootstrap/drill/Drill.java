package io.steadyline.bootstrap.drill;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be broken on purpose; the numbers are those of the list of faults in docs/operations.md. */
public enum Drill {
    DEATHS(0, "every end that one machine can produce, against what the next boot says of it", Deaths::all),
    BARGE_IN(0, "no fault: how soon caller speech silences a talking bot", BargeIns::measure),
    RESPONSE_TIME(0, "no fault: from a bot's audio to the frame on the wire", ResponseTimes::measure),
    RECORDS_COST(0, "no fault: what recorder and journal cost, with the same calls on and off", RecordsCost::compare),
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
    STOPPED(13, "SIGSTOP for 2 s", Freezes::stopped),
    FROZEN(14, "the freezer of the kernel for 2 s, as a machine that is paused", Freezes::frozen),
    THROTTLED(15, "5 % of a processor for 2 s", Freezes::throttled),
    GC_PAUSE(16, "a burst of objects and a full collection", Freezes::collecting),
    DISK_FULL(17, "the disk of the data directory is full in mid-run, and free again", Disks::full),
    JOURNAL_DAMAGED(18, "the journal and the records are damaged between two boots", Starts::damagedRecords),
    READ_ONLY(19, "the data directory is read-only, or cannot be made", Disks::readOnly),
    SECOND_WORKER(21, "a second worker on the same data directory", Starts::secondWorker),
    LOCK_DELETED(22, "the lock file is deleted and read", Starts::lockDeleted),
    PORT_TAKEN(23, "a stranger has the port", Starts::portTaken),
    WORKERS(24, "WEB_CONCURRENCY=4", Starts::workerCount),
    RELOADER(24, "a reloader is the parent", Starts::reloader),
    HALF_OPEN(25, "the provider's sockets stay open and nothing comes or goes", Peers::halfOpen),
    BURST(26, "the provider stalls for 2 s and then sends all at once", Lives::burst),
    VANISHED(27, "the provider's socket breaks without a goodbye", Lives::vanished),
    TWO_STREAMS(28, "a second stream for the same call", Lives::twoStreams),
    REJOIN(29, "kill -9 without a keeper, and the provider brings the calls back", Rejoins::afterAKill),
    BAD_NETWORK(30, "a network with delay, jitter and loss", Peers::delayed),
    STT_HANGS(31, "the recogniser takes no audio any more", Vendors::recogniserHangs),
    STT_BREAKS(32, "the recogniser talks nonsense, then its session breaks", Vendors::recogniserBreaks),
    KILL_AGENT(33, "the bot is killed with -9 in mid-sentence and comes back 3 s later", Bots::killed),
    RELOAD_AGENT(34, "the bot is killed and started again, 20 times in a row", Bots::reloaded),
    SLOW_AGENT(35, "a bot does not read", SlowBot::drill),
    ADMIN_FLOOD(36, "a flood of admin requests, and rapid resets of HTTP/2", Floods::adminFlood),
    TELEMETRY_HANGS(37, "the telemetry backend hangs, then is down", Vendors::telemetryHangs),
    SILENT_CONNECTS(38, "10,000 connects that say nothing", Floods::silentConnects),
    SLOWLORIS(39, "connections that are slow on purpose", Floods::slowloris),
    HUGE_MESSAGES(40, "a frame of 200 MiB, endless fragments, pings, deep JSON", Hostile::hugeMessages),
    SIGNATURES(41, "bad signatures, and a one-time token that comes again", Hostile::signatures),
    LOG_INJECTION(42, "text of the peer's that looks like log lines", Hostile::logInjection),
    DESCRIPTORS(43, "the process has no descriptors left", Floods::descriptors),
    KEEPER_KILLED(44, "the keeper is killed with -9", KeptCalls::keeperKilled),
    CRASH_LOOP(45, "the worker dies at each start", CrashLoops::atStart),
    UPGRADE(46, "an upgrade under load, with new calls coming in", KeptCalls::upgrade),
    KILL_BEFORE_COMMIT(47, "kill -9 between the reading of a socket and the note of it", KeptCalls::killBeforeCommit),
    PROBE_IN_A_STALL(48, "a liveness probe while the process stands still", Lives::probeInAStall),
    STT_DEAD(49, "the only recogniser is dead for all calls, in three ways", DeadVendors::all);

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

    /** One of the list; else it is asked for by its name only. */
    public boolean isFault() {
        return number > 0;
    }

    public String what() {
        return what;
    }

    /** As on the command line: {@code kill-worker}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * @throws DrillFailure something was not as it has to be
     * @throws DrillNotRun this machine does not let it be caused
     */
    public DrillResult run(DrillContext context) throws DrillFailure, DrillNotRun {
        try {
            return run.run(context);
        } catch (DrillFailure | DrillNotRun outcome) {
            throw outcome;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new DrillFailure("interrupted");
        } catch (Exception unexpected) {
            // A socket that breaks, an admin API that does not answer: not as it has to be either.
            throw new DrillFailure(String.valueOf(unexpected));
        }
    }

    public static Optional<Drill> byLabel(String label) {
        return Arrays.stream(values())
                .filter(drill -> drill.label().equals(label))
                .findFirst();
    }
}
