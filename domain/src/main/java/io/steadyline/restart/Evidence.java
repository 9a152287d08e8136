package io.steadyline.restart;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One thing that was found about the end of a boot: by the successor in the files that the dead process left, or by a
 * witness that outlived it. Says what was seen and not what it means.
 */
public sealed interface Evidence {

    /** Who was there when the process ended. */
    enum Witness {
        /** Our own parent process, which waited for it. */
        KEEPER,
        /** systemd, by the variables of {@code ExecStopPost}. */
        SYSTEMD,
        /** Another supervisor that left a witness file. */
        SUPERVISOR
    }

    /** The machine itself was started anew since. */
    record MachineBootChanged(String was, String is) implements Evidence {}

    /** The last act of an orderly end. Nothing is written after it. */
    record CleanMark(Instant at, String reason) implements Evidence {}

    /** The process was told to stop while it lived, and noted it: a signal, or an operator's wish. */
    record StopAsked(Instant at, String signal, Optional<String> sender) implements Evidence {}

    /** It noted that it steps aside for a successor: a planned upgrade. */
    record HandOver(Instant at, String to) implements Evidence {}

    /** What the wait for the process returned: it exited with a code, or a signal killed it. Exactly one of both is there. */
    record WaitStatus(Witness witness, OptionalInt exitCode, OptionalInt signal, Instant at) implements Evidence {}

    /** systemd's {@code $SERVICE_RESULT}: success, exit-code, signal, watchdog, oom-kill, timeout, core-dump … */
    record ServiceResult(String result) implements Evidence {}

    /** A crash report of the Java machine for this pid. */
    record CrashReport(
            String file, CrashKind kind, OptionalInt signal, OptionalInt senderPid, Optional<String> problematicFrame)
            implements Evidence {}

    /** What the crash report says about itself. */
    enum CrashKind {
        /** "OutOfMemory encountered". */
        OUT_OF_MEMORY,
        /** {@code si_code 0 (SI_USER)}: somebody sent the signal. */
        SENT,
        NATIVE
    }

    /** The Java machine ran out of heap and said so: a marker file, its own output, or a heap dump. */
    record HeapExhausted(String source, Instant at) implements Evidence {}

    /** Our own decision to die, noted before the act. */
    record OwnDecision(Instant at, OwnReason reason, String detail) implements Evidence {}

    /** Why we would rather die than live on as a ruin. */
    enum OwnReason {
        DIRECT_MEMORY,
        THREADS,
        /** The media loop was stuck beyond its bound. */
        STUCK_LOOP,
        /** A periodic task that the process cannot do without failed for good. */
        PERIODIC_TASK,
        /** The worker's lock was lost or taken by another. */
        LOCK_LOST,
        /** The start itself failed: configuration, a taken port. */
        START_FAILED
    }

    /**
     * What the process noted of its memory group, at its start and after each change: how often the kernel had killed there.
     * It lived to note it, so the kernel had killed others.
     *
     * @param groupId another one later means that the group was made anew
     */
    record MemoryNoted(String group, long groupId, long kills) implements Evidence {}

    /**
     * The kernel's out-of-memory killer struck in the process's memory group, as far as the witness knows within its life. No
     * kills: somebody looked, and it did not strike.
     */
    record KernelOomKill(String source, long kills, OptionalLong limitBytes, OptionalLong usageBytes)
            implements Evidence {}

    /** {@code Runtime.exit} was called; the JDK logs by whom. */
    record RuntimeExit(Instant at, int status, String caller, String thread) implements Evidence {}

    /** An exception that nobody caught. */
    record Uncaught(Instant at, String thread, String exception, String frame) implements Evidence {}

    /** The main method returned and nothing else kept the process alive. */
    record MainReturned(Instant at) implements Evidence {}

    /** The health endpoint was slow or did not answer just before the end. */
    record ProbesTroubled(Instant lastAt, int slow, Duration slowest) implements Evidence {}

    /** The process stood still while it lived. */
    record Stalled(Instant at, Duration length, String why) implements Evidence {}

    /** A reloader was among the parents, or the program's files changed shortly before the end. */
    record AutoReload(String what) implements Evidence {}

    /** The last sign of life in the recorder. */
    record LastHeartbeat(Instant at, String state) implements Evidence {}

    /** A record that should be there is not, or is damaged. */
    record Missing(String what, String why) implements Evidence {
        /** {@code what} of notes that the process itself wrote: without them, silence says nothing. */
        public static final String LIFE_NOTES = "life notes";
    }
}
