package io.steadyline.journal.host;

import com.sun.management.OperatingSystemMXBean;
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

    /** Counts since ever; -1: cannot be read here. */
    record Reading(long gcMs, long runQueueNs, long cpuMs, long throttles, long throttledNs) {}

    private static final Logger log = LoggerFactory.getLogger(StallGauges.class);

    private final List<GarbageCollectorMXBean> collectors;
    private final List<FileChannel> open = new ArrayList<>();
    private final @Nullable OperatingSystemMXBean system;
    private final @Nullable FileChannel schedule;
    private final @Nullable FileChannel quota;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(2048);
    private final byte[] bytes = new byte[2048];

    StallGauges() {
        // Z and Shenandoah have a bean for cycles that run beside the program, and another one for pauses.
        collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(bean -> !bean.getName().endsWith("Cycles"))
                .toList();
        system = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean bean ? bean : null;
        schedule = open(Path.of("/proc/thread-self/schedstat"));
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
        String cpu = text(quota);
        long throttledUs = valueOf(cpu, "throttled_usec");
        return new Reading(
                gcMs,
                word(text(schedule), 1),
                processCpuMs(),
                valueOf(cpu, "nr_throttled"),
                throttledUs < 0 ? valueOf(cpu, "throttled_time") : throttledUs * 1000);
    }

    private long processCpuMs() {
        long ns = system == null ? -1 : system.getProcessCpuTime();
        return ns < 0 ? -1 : ns / 1_000_000;
    }

    /** The number at this place, counted in words from 0; -1: none. By hand: this runs fifty times a second. */
    static long word(String text, int index) {
        int at = 0;
        for (int skipped = 0; ; skipped++) {
            while (at < text.length() && text.charAt(at) <= ' ') {
                at++;
            }
            int end = at;
            while (end < text.length() && text.charAt(end) > ' ') {
                end++;
            }
            if (skipped == index || at == end) {
                return number(text, at, end);
            }
            at = end;
        }
    }

    static long valueOf(String text, String key) {
        for (int line = 0; line < text.length(); line = text.indexOf('\n', line) + 1) {
            int end = line + key.length();
            if (text.startsWith(key, line) && end < text.length() && text.charAt(end) == ' ') {
                return word(text.substring(end), 0);
            }
            if (text.indexOf('\n', line) < 0) {
                break;
            }
        }
        return -1;
    }

    private static long number(String text, int from, int to) {
        if (from == to || to - from > 18) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = value * 10 + (digit - '0');
        }
        return value;
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
