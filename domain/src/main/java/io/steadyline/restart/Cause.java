package io.steadyline.restart;

/** Why a boot ended. Few and stable: a metric label, and part of the admin API. */
public enum Cause {
    /** The machine was started anew; the process had no part in it. */
    MACHINE_RESTART,
    /** Asked to stop, drained, ended in order. */
    PLANNED_STOP,
    /** Stepped aside for a new version. */
    UPGRADE,
    /** The Java heap was exhausted. */
    JAVA_HEAP,
    /** Somebody sent a signal that crashes a Java machine. */
    SENT_CRASH_SIGNAL,
    /** The Java machine or native code crashed. */
    NATIVE_CRASH,
    /** Our own decision: direct memory, threads, a stuck loop … */
    OWN_DECISION,
    /** The kernel's out-of-memory killer. */
    KERNEL_OOM,
    /** Asked to stop, and killed because it took too long. */
    STOP_TIMED_OUT,
    /** Asked to stop by a signal; the stop was not finished in order. */
    ASKED_TO_STOP,
    /** A health check had it killed. */
    HEALTH_CHECK,
    /** SIGKILL from outside, with no sign of the kernel's doing. */
    SIGKILL,
    /** Another signal from outside. */
    SIGNAL,
    /** {@code System.exit} by code. */
    SYSTEM_EXIT,
    /** An exception in main that nobody caught. */
    UNCAUGHT_IN_MAIN,
    /** {@code Runtime.halt} or native {@code _exit}. */
    HALT,
    /** The main method returned. */
    MAIN_RETURNED,
    /** Ended abruptly, without a trace that says which of several: nobody waited for it. */
    ABRUPT
}
