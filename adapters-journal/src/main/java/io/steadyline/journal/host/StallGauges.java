package io.steadyline.journal.host;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the counts by which a stall is told. Made and read by the ticker's own thread, whose run-queue wait is one of
 * them. The files stay open: a read costs some microseconds, and still works when the process has no descriptors left.
 */
final class StallGauges implements AutoCloseable {

    /** Jiffies that the kernel shows to programs. */
    private static final long MS_PER_TICK = 10;

    /** Counts since ever; -1: cannot be read here. */
    record Reading(long gcMs, long runQueueNs, long cpuMs, long throttles, long throttledNs) {}

    private static final Logger log = LoggerFactory.getLogger(StallGauges.class);

    private final List<GarbageCollectorMXBean> collectors;
    private final List<FileChannel> open = new ArrayList<>();
    private final @Nullable FileChannel schedule;
    private final @Nullable FileChannel process;
    private final @Nullable FileChannel quota;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(2048);
    private final byte[] bytes = new byte[2048];

    StallGauges() {
        // Z and Shenandoah have a bean for cycles that run beside the program, and another one for pauses.
        collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(bean -> !bean.getName().endsWith("Cycles"))
                .toList();
        schedule = open(Path.of("/proc/thread-self/schedstat"));
        process = open(Path.of("/proc/self/stat"));
        quota = quotaFile().map(this::open).orElse(null);
    }

    private static Optional<Path> quotaFile() {
        ControlGroups groups = new ControlGroups();
        return groups.directoryOf("cpu", "cpu.stat")
                .or(() -> groups.directoryOf("", "cpu.stat"))
                .map(group -> group.resolve("cpu.stat"));
    }

    Reading read() {
        long gcMs = 0;
        for (GarbageCollectorMXBean collector : collectors) {
            gcMs += Math.max(0, collector.getCollectionTime());
        }
        String stat = text(process);
        String after = stat.substring(stat.lastIndexOf(')') + 1);
        long user = word(after, 12);
        long system = word(after, 13);
        String cpu = text(quota);
        long throttledUs = valueOf(cpu, "throttled_usec");
        return new Reading(
                gcMs,
                word(text(schedule), 1),
                user < 0 || system < 0 ? -1 : (user + system) * MS_PER_TICK,
                valueOf(cpu, "nr_throttled"),
                throttledUs < 0 ? valueOf(cpu, "throttled_time") : throttledUs * 1000);
    }

    /** The number at this place, counted in words from 0; -1: none. */
    static long word(String text, int index) {
        String[] words = text.strip().split("\\s+", index + 2);
        return words.length > index ? number(words[index]) : -1;
    }

    static long valueOf(String text, String key) {
        int before = ("\n" + text).indexOf("\n" + key + " ");
        return before < 0 ? -1 : word(text.substring(before), 1);
    }

    private static long number(String word) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    private @Nullable FileChannel open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            open.add(channel);
            return channel;
        } catch (IOException | RuntimeException absent) {
            return null;
        }
    }

    private String text(@Nullable FileChannel file) {
        if (file == null) {
            return "";
        }
        try {
            buffer.clear();
            int length = file.read(buffer, 0);
            buffer.flip().get(bytes, 0, Math.max(0, length));
            return new String(bytes, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException closedAllTheSame) {
            log.debug("closing a file of /proc: {}", Shown.reason(closedAllTheSame));
        }
    }

    @Override
    public void close() {
        open.forEach(StallGauges::close);
    }
}
