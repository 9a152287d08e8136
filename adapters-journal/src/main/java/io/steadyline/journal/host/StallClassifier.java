package io.steadyline.journal.host;

import io.steadyline.journal.host.StallWatch.Kind;

/**
 * Names the reason why a thread that wanted to run every 20 ms did not. Pure.
 *
 * <p>Proven on SIGSTOP, the freezer, full collections and CPU quotas: while stopped a process neither runs nor waits to
 * run; while starved it waits in the run queue; in a collection the machine says so itself.
 */
final class StallClassifier {

    /**
     * What changed from the tick before the gap to the one after.
     *
     * @param gapMs between both
     * @param gcMs collections that ended in it; those that run beside the program do not count
     * @param runQueueMs the ticker's own thread wanted to run and had to wait; -1: unknown
     * @param cpuMs of all threads of the process, in steps of 10; -1: unknown
     * @param throttles periods in which the control group was throttled; -1: unknown
     * @param throttledMs how long it was, all processors together; -1: unknown
     */
    record Change(long gapMs, long gcMs, long runQueueMs, long cpuMs, long throttles, long throttledMs) {}

    private StallClassifier() {}

    static Kind classify(Change change) {
        long half = change.gapMs() / 2;
        boolean throttled = change.throttles() > 0;
        if (change.gcMs() > half) {
            return Kind.GC;
        }
        // A throttled thread is off the run queue on some kernels: then only the group's own count tells it from a
        // stop.
        if (throttled && (change.throttledMs() > half || change.runQueueMs() > half)) {
            return Kind.CPU_THROTTLED;
        }
        if (change.runQueueMs() > half) {
            return Kind.CPU_STARVED;
        }
        return change.cpuMs() >= 0 && change.cpuMs() < half ? Kind.STOPPED : Kind.BUSY;
    }

    static String sentence(Kind kind, Change change) {
        String why = switch (kind) {
            case GC -> "collecting garbage took " + change.gcMs() + " ms of it";
            case STOPPED -> "it was stopped from outside (SIGSTOP, freezer, or the virtual machine paused)";
            case CPU_STARVED -> "it waited " + change.runQueueMs() + " ms for a processor that others had";
            case CPU_THROTTLED -> "its CPU quota was used up in " + change.throttles() + " periods";
            case BUSY ->
                "it was busy itself (" + Math.max(0, change.cpuMs())
                        + " ms of processor time), or waited for the disk or a safepoint";
        };
        return "the process stood still for " + change.gapMs() + " ms: " + why;
    }
}
