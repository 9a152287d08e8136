package io.steadyline.bootstrap.drill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a drill asks of Linux: its tools, and what a process uses. */
final class Machine {

    private static final int PATIENCE_S = 10;

    private Machine() {}

    /** Runs a tool of the system to its end. */
    static void run(String... command) throws DrillNotRun {
        String line = String.join(" ", command);
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new DrillNotRun(line + ": still running after " + PATIENCE_S + " s");
            }
            if (process.exitValue() != 0) {
                throw new DrillNotRun(line + ": " + (said.isEmpty() ? "exit " + process.exitValue() : said));
            }
        } catch (IOException missing) {
            throw new DrillNotRun(line + ": " + missing.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new DrillNotRun(line + ": interrupted");
        }
    }

    /**
     * This process on one processor and another on a second one, until it is closed: what the one uses does not keep the
     * other waiting. Threads that they start later stay there too. Where there is one processor only, nothing changes.
     */
    record Apart(String allowed) implements AutoCloseable {

        private static final String TOOL = "taskset";
        private static final String ALL_THREADS = "-acp";

        static Apart from(long otherPid) throws DrillNotRun, IOException {
            String allowed;
            try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
                allowed = lines.filter(line -> line.startsWith("Cpus_allowed_list:"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("0");
            }
            List<String> bounds = List.of(allowed.split("[-,]"));
            String first = bounds.getFirst();
            String last = bounds.getLast();
            if (!first.equals(last)) {
                run(TOOL, ALL_THREADS, last, String.valueOf(otherPid));
                run(TOOL, ALL_THREADS, first, self());
            }
            return new Apart(allowed);
        }

        private static String self() {
            return String.valueOf(ProcessHandle.current().pid());
        }

        @Override
        public void close() throws DrillNotRun {
            run(TOOL, ALL_THREADS, allowed, self());
        }
    }

    /** A file system in memory that is as small as wanted; gone with its content when it is closed. */
    record Tmpfs(Path where) implements AutoCloseable {

        static Tmpfs mount(Path where, String options) throws DrillNotRun, IOException {
            Files.createDirectories(where);
            run("mount", "-t", "tmpfs", "-o", options, "tmpfs", where.toString());
            return new Tmpfs(where);
        }

        @Override
        public void close() throws DrillNotRun {
            run("umount", where.toString());
        }
    }

    /** Memory of a process that is in RAM, in MiB. */
    static long residentMib(long pid) throws IOException {
        String line;
        try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            line = lines.filter(text -> text.startsWith("VmRSS:")).findFirst().orElse("VmRSS: 0 kB");
        }
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
    }

    /** Open descriptors of a process. */
    static int descriptors(long pid) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
            return (int) open.count();
        }
    }
}
