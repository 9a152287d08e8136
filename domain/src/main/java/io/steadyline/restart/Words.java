package io.steadyline.restart;

import io.steadyline.signal.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Values in words, the same in every text about restarts. */
final class Words {

    private static final int MAX_CHARS = 300;

    private Words() {}

    /** {@code 0.214 s}, {@code 12.5 s}, {@code 3 min 5 s}, {@code 2 h 3 min}, {@code 4 d 1 h}; a negative one is 0. */
    static String duration(Duration length) {
        long seconds = Math.max(0, length.getSeconds());
        double exact = length.isNegative() ? 0 : seconds + length.getNano() / 1e9;
        if (exact < 1) {
            return String.format(Locale.ROOT, "%.3f s", exact);
        }
        if (exact < 60) {
            return String.format(Locale.ROOT, "%.1f s", exact);
        }
        if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return two(seconds / 3600, "h", seconds % 3600 / 60, "min");
        }
        return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    /** In UTC, to the millisecond. */
    static String time(Instant at) {
        return Instant.ofEpochSecond(at.getEpochSecond(), at.getNano() / 1_000_000 * 1_000_000L)
                .toString();
    }

    static String bytes(long count) {
        if (count < 1024 * 1024) {
            return count + " B";
        }
        return String.format(Locale.ROOT, "%.1f MiB", count / (1024.0 * 1024.0));
    }

    /** {@code once}, {@code twice}, {@code 3 times}. */
    static String times(long count) {
        return count == 1 ? "once" : count == 2 ? "twice" : count + " times";
    }

    /** {@code 1 call}, {@code 2 calls}. */
    static String count(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    /** {@code STOP_TIMED_OUT} as {@code stop timed out}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Text from outside on one line of bounded length. */
    static String safe(String text) {
        return Printable.of(text.strip(), MAX_CHARS);
    }

    private static String two(long big, String bigUnit, long small, String smallUnit) {
        return big + " " + bigUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
