package io.steadyline.journal.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processes that can be seen from here, read from {@code /proc}. Any thread; a process that ended is just not there. */
public final class HostProcesses {

    /** Jiffies that the kernel shows to programs: 100 a second on every architecture that Java 25 runs on. */
    private static final long TICKS_PER_SECOND = 100;

    /** No launcher has more; a loop of parents cannot be, a changing table can look like one. */
    private static final int MAX_PARENTS = 24;

    private final Path proc;

    public HostProcesses() {
        this(Path.of("/proc"));
    }

    HostProcesses(Path proc) {
        this.proc = proc;
    }

    public Optional<HostProcess> find(long pid) {
        Path home = proc.resolve(Long.toString(pid));
        try {
            // "pid (name) state ppid …": the name may have spaces and brackets, so everything counts from the last one.
            String stat = Files.readString(home.resolve("stat"), StandardCharsets.ISO_8859_1);
            int open = stat.indexOf('(');
            int close = stat.lastIndexOf(')');
            String[] fields = stat.substring(close + 2).strip().split(" ", -1);
            long startTicks = Long.parseLong(fields[19]);
            return Optional.of(new HostProcess(
                    pid,
                    Long.parseLong(fields[1]),
                    Shown.text(stat.substring(open + 1, close)),
                    argv(home),
                    startTicks,
                    Instant.ofEpochMilli(bootMillis() + startTicks * 1000 / TICKS_PER_SECOND),
                    cwd(home)));
        } catch (IOException | RuntimeException gone) {
            return Optional.empty();
        }
    }

    /** Parents of a process, nearest first; as far as they can be seen. */
    public List<HostProcess> parents(long pid) {
        List<HostProcess> chain = new ArrayList<>();
        Optional<HostProcess> child = find(pid);
        while (child.isPresent() && child.get().parentPid() > 0 && chain.size() < MAX_PARENTS) {
            child = find(child.get().parentPid());
            child.ifPresent(chain::add);
        }
        return chain;
    }

    /** The process of that pid is the one that started at that time, and not one that got its number later. */
    boolean lives(long pid, long startTicks) {
        return find(pid)
                .filter(found -> startTicks <= 0 || found.startTicks() == startTicks)
                .isPresent();
    }

    /** Pids that can be seen. */
    List<Long> pids() {
        try (Stream<Path> entries = Files.list(proc)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9'))
                    .map(Long::valueOf)
                    .toList();
        } catch (IOException | RuntimeException unreadable) {
            return List.of();
        }
    }

    Path proc() {
        return proc;
    }

    /** "child of bash <- sshd <- systemd"; empty without parents. */
    static String childOf(List<String> parentNames) {
        return parentNames.isEmpty()
                ? ""
                : parentNames.stream().limit(6).map(Shown::text).collect(Collectors.joining(" <- ", "child of ", ""));
    }

    static List<String> names(List<HostProcess> processes) {
        return processes.stream().map(HostProcess::name).toList();
    }

    private static List<String> argv(Path home) {
        try {
            // By hand: readString refuses what is not UTF-8, and an argument can be any bytes.
            String raw = new String(Files.readAllBytes(home.resolve("cmdline")), StandardCharsets.UTF_8);
            return raw.isEmpty() ? List.of() : List.of(raw.split("\0"));
        } catch (IOException | RuntimeException unreadable) {
            return List.of();
        }
    }

    private static Optional<String> cwd(Path home) {
        try {
            return Optional.of(Files.readSymbolicLink(home.resolve("cwd")).toString());
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private long bootMillis() throws IOException {
        for (String line : Files.readAllLines(proc.resolve("stat"), StandardCharsets.ISO_8859_1)) {
            if (line.startsWith("btime ")) {
                return Long.parseLong(line.substring("btime ".length()).strip()) * 1000;
            }
        }
        return 0;
    }
}
