package io.steadyline.journal.host;

import io.steadyline.restart.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The memory control group of this process: how much it may use, and how often the kernel killed in it. Reads files each
 * time; any thread.
 */
public final class MemoryGroup {

    /** Version 1 writes "no limit" as the largest multiple of a page; nobody limits to an exabyte. */
    private static final long NO_LIMIT = 1L << 60;

    private final ControlGroups groups;

    public MemoryGroup() {
        this(new ControlGroups());
    }

    MemoryGroup(ControlGroups groups) {
        this.groups = groups;
    }

    /**
     * What is empty cannot be read here, or is not limited.
     *
     * @param group directory of the group; empty: there is none
     * @param groupId inode of it: another one means that the group was made anew, and its counts began anew
     * @param peakBytes the most it used since the group was made
     * @param kills by the kernel for want of memory, of any process of the group, since the group was made
     */
    public record Counts(
            String group,
            long groupId,
            OptionalLong limitBytes,
            OptionalLong usageBytes,
            OptionalLong peakBytes,
            OptionalLong kills) {
        public static final Counts UNKNOWN = new Counts(
                "", 0, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

        /** For the notes of a boot's life, so that the next boot can tell what was added; empty without a count. */
        public Optional<Evidence> note() {
            return kills.isPresent()
                    ? Optional.of(new Evidence.MemoryNoted(group, groupId, kills.getAsLong()))
                    : Optional.empty();
        }

        /** As a boot has noted it last; UNKNOWN when there is no note. */
        public static Counts noted(List<Evidence> notes) {
            return notes.stream()
                    .filter(Evidence.MemoryNoted.class::isInstance)
                    .map(Evidence.MemoryNoted.class::cast)
                    .reduce((_, later) -> later)
                    .map(note -> new Counts(
                            note.group(),
                            note.groupId(),
                            OptionalLong.empty(),
                            OptionalLong.empty(),
                            OptionalLong.empty(),
                            OptionalLong.of(note.kills())))
                    .orElse(UNKNOWN);
        }
    }

    public Counts read() {
        // Where both versions are mounted, memory is in one of them only.
        return groups.directoryOf("memory", "memory.limit_in_bytes")
                .map(MemoryGroup::version1)
                .or(() -> groups.directoryOf("", "memory.events").map(MemoryGroup::version2))
                .orElse(Counts.UNKNOWN);
    }

    private static Counts version1(Path group) {
        OptionalLong limit = ControlGroups.number(group.resolve("memory.limit_in_bytes"), "");
        return new Counts(
                group.toString(),
                inode(group),
                limit.isPresent() && limit.getAsLong() >= NO_LIMIT ? OptionalLong.empty() : limit,
                ControlGroups.number(group.resolve("memory.usage_in_bytes"), ""),
                ControlGroups.number(group.resolve("memory.max_usage_in_bytes"), ""),
                ControlGroups.number(group.resolve("memory.oom_control"), "oom_kill"));
    }

    private static Counts version2(Path group) {
        return new Counts(
                group.toString(),
                inode(group),
                ControlGroups.number(group.resolve("memory.max"), ""),
                ControlGroups.number(group.resolve("memory.current"), ""),
                // Since Linux 5.19.
                ControlGroups.number(group.resolve("memory.peak"), ""),
                ControlGroups.number(group.resolve("memory.events"), "oom_kill"));
    }

    private static long inode(Path directory) {
        try {
            return Optional.ofNullable(Files.getAttribute(directory, "unix:ino"))
                    .map(found -> ((Number) found).longValue())
                    .orElse(0L);
        } catch (IOException | RuntimeException unreadable) {
            return 0;
        }
    }
}
