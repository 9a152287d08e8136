package io.steadyline.restart;

import java.time.Instant;
import java.util.List;

/**
 * Who a boot was.
 *
 * @param bootId new with every start of the process; stands in each of its log lines
 * @param number counts the boots of this data directory, from 1
 * @param appSha revision that was deployed; "unknown" when not given
 * @param machineBootId the kernel's id of the machine's own boot ({@code /proc/sys/kernel/random/boot_id}); empty where
 *     there is none
 * @param parents command names of the parents at the start, nearest first
 */
public record BootIdentity(
        String bootId,
        long number,
        Instant startedAt,
        long pid,
        String version,
        String appSha,
        String profile,
        String machineBootId,
        List<String> parents) {

    public BootIdentity {
        parents = List.copyOf(parents);
    }
}
