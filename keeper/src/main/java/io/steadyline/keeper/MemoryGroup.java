package io.steadyline.keeper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory group (cgroup, v2 or v1) that this process and its worker are in: how often the kernel killed there for lack
 * of memory. A few small reads of files that the kernel makes up; any thread.
 */
final class MemoryGroup {

    /** The number of v1 for "no limit": the largest multiple of a page that a long holds. */
    private static final long NO_LIMIT = 1L << 60;

    private final Path events;
    private final Path limit;
    private final Path usage;

    /** What the group says now; -1 where it says nothing. */
    record Reading(long oomKills, long limitBytes, long usageBytes) {}

    private MemoryGroup(Path directory, String events, String limit, String usage) {
        this.events = directory.resolve(events);
        this.limit = directory.resolve(limit);
        this.usage = directory.resolve(usage);
    }

    /** The group of this process. */
    static MemoryGroup own() {
        return find(Path.of("/proc/self/cgroup"), Path.of("/sys/fs/cgroup"));
    }

    /**
     * In a container the path of the file may be the host's, and the mount shows the container's own group as its root:
     * the first directory that has the events decides.
     */
    static MemoryGroup find(Path processFile, Path mount) {
        MemoryGroup unified = new MemoryGroup(mount, "memory.events", "memory.max", "memory.current");
        MemoryGroup found = unified;
        for (String line : lines(processFile)) {
            String[] parts = line.split(":", 3);
            if (parts.length < 3) {
                continue;
            }
            String below = parts[2].startsWith("/") ? parts[2].substring(1) : parts[2];
            if (List.of(parts[1].split(",", -1)).contains("memory")) {
                Path old = mount.resolve("memory");
                return firstReadable(
                        new MemoryGroup(
                                old.resolve(below),
                                "memory.oom_control",
                                "memory.limit_in_bytes",
                                "memory.usage_in_bytes"),
                        new MemoryGroup(old, "memory.oom_control", "memory.limit_in_bytes", "memory.usage_in_bytes"));
            }
            if (parts[0].equals("0")) {
                found = firstReadable(
                        new MemoryGroup(mount.resolve(below), "memory.events", "memory.max", "memory.current"),
                        unified);
            }
        }
        return found;
    }

    Reading read() {
        long most = number(limit);
        return new Reading(kills(), most >= NO_LIMIT ? -1 : most, number(usage));
    }

    private long kills() {
        for (String line : lines(events)) {
            if (line.startsWith("oom_kill ")) {
                return parsed(line.substring("oom_kill ".length()));
            }
        }
        return -1;
    }

    private static MemoryGroup firstReadable(MemoryGroup one, MemoryGroup other) {
        return Files.isReadable(one.events) ? one : other;
    }

    private static long number(Path file) {
        List<String> lines = lines(file);
        return lines.isEmpty() ? -1 : parsed(lines.getFirst());
    }

    /** -1 for "max" and whatever else is no number. */
    private static long parsed(String text) {
        String digits = text.strip();
        boolean isNumber =
                !digits.isEmpty() && digits.length() <= 19 && digits.chars().allMatch(Character::isDigit);
        if (!isNumber) {
            return -1;
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLarge) {
            return Long.MAX_VALUE;
        }
    }

    /** None when the file is not there or may not be read: the group then says nothing, which is a reading too. */
    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException notThere) {
            return List.of();
        }
    }
}
