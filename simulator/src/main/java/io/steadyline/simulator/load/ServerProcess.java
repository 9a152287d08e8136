package io.steadyline.simulator.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Linux says about the process of a server. */
final class ServerProcess {

    /** USER_HZ, which is 100 on every Linux that a JDK runs on, whatever the kernel's own clock is. */
    private static final double MS_PER_TICK = 10;

    /** After the name, which is in brackets and may hold blanks: state is the first, utime the twelfth field. */
    private static final int UTIME = 11;

    private static final int STIME = 12;

    private static final Logger log = LoggerFactory.getLogger(ServerProcess.class);

    private final Path directory;

    ServerProcess(long pid) throws IOException {
        directory = Path.of("/proc", String.valueOf(pid));
        if (!Files.isReadable(directory.resolve("stat"))) {
            throw new NoSuchFileException(
                    "pid: " + pid + " (expected: a process of this machine that may be looked at)");
        }
    }

    /** This one; null where there is no /proc. */
    static @Nullable ServerProcess self() {
        long pid = ProcessHandle.current().pid();
        try {
            return new ServerProcess(pid);
        } catch (IOException notLinux) {
            log.debug("what the load tool uses itself is not known", notLinux);
            return null;
        }
    }

    /** User and system time of all its threads so far; grain 10 ms. */
    double cpuMs() throws IOException {
        return cpuMs(Files.readString(directory.resolve("stat")));
    }

    static double cpuMs(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * MS_PER_TICK;
    }

    /** Memory that is in RAM. Takes the kernel some milliseconds, so not while measuring. */
    long residentKib() throws IOException {
        return residentKib(Files.readAllLines(directory.resolve("smaps_rollup")));
    }

    static long residentKib(List<String> rollup) {
        return rollup.stream()
                .filter(line -> line.startsWith("Rss:"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }
}
