package io.steadyline.keeper;

import io.steadyline.posix.ExitStatus;
import java.time.Instant;

/**
 * How one worker ended, told by the parent that waited for it.
 *
 * @param generation counts the workers of one keeper, from 1
 * @param endedAt when the wait returned, a few milliseconds after the death at most
 * @param asked whether the end was asked for
 * @param askedAt when it was asked first; the epoch when it never was
 * @param stopSignal the first signal to stop that the keeper passed on; 0: none
 * @param killedByKeeper the stop took too long, and the keeper sent SIGKILL
 * @param wasReady it had said that it serves
 * @param oomKills of the kernel in the keeper's own memory group while this worker ran; -1: the group cannot be read
 * @param memoryLimitBytes of that group; -1: none or unknown
 * @param memoryUsageBytes of that group just after the end; -1: unknown
 * @param restartsInWindow unplanned ends within the window of the restart intensity, this one included
 * @param socketsHeld at the end
 */
public record Obituary(
        int generation,
        long workerPid,
        ExitStatus status,
        Instant startedAt,
        Instant endedAt,
        Asked asked,
        Instant askedAt,
        int stopSignal,
        boolean killedByKeeper,
        boolean wasReady,
        long oomKills,
        long memoryLimitBytes,
        long memoryUsageBytes,
        int restartsInWindow,
        int socketsHeld) {

    /** Whether and what for the worker was asked to end. */
    public enum Asked {
        NO,
        /** A signal to stop that the keeper passed on, or the worker itself said that it stops. */
        STOP,
        /** The worker said that it steps aside. */
        UPGRADE
    }
}
