package io.steadyline.journal.host;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A process as the kernel shows it.
 *
 * @param parentPid 0: none, or one outside of this container
 * @param name the kernel's command name, at most 15 characters
 * @param argv command line; empty of kernel threads and where it cannot be read
 * @param startTicks since the machine's boot, in units of 10 ms: with the pid it names a process for good
 * @param cwd empty where it cannot be read
 */
public record HostProcess(
        long pid,
        long parentPid,
        String name,
        List<String> argv,
        long startTicks,
        Instant startedAt,
        Optional<String> cwd) {

    public HostProcess {
        argv = List.copyOf(argv);
    }

    /** As a person would have typed it; the name where the kernel does not tell. */
    public String commandLine() {
        return Shown.text(argv.isEmpty() ? name : String.join(" ", argv));
    }
}
