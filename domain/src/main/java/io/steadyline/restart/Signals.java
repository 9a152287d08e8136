package io.steadyline.restart;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** The kernel's signals by number and name, as on Linux x86-64 and arm64. */
final class Signals {

    static final int HUP = 1;
    static final int INT = 2;
    static final int ABRT = 6;
    static final int KILL = 9;
    static final int TERM = 15;

    /** What a shell, and supervisors after it, add to the number of the signal that ended a process. */
    static final int SHELL_BASE = 128;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(HUP, "HUP"),
            Map.entry(INT, "INT"),
            Map.entry(3, "QUIT"),
            Map.entry(4, "ILL"),
            Map.entry(5, "TRAP"),
            Map.entry(ABRT, "ABRT"),
            Map.entry(7, "BUS"),
            Map.entry(8, "FPE"),
            Map.entry(KILL, "KILL"),
            Map.entry(10, "USR1"),
            Map.entry(11, "SEGV"),
            Map.entry(12, "USR2"),
            Map.entry(13, "PIPE"),
            Map.entry(14, "ALRM"),
            Map.entry(TERM, "TERM"),
            Map.entry(16, "STKFLT"),
            Map.entry(24, "XCPU"),
            Map.entry(25, "XFSZ"),
            Map.entry(26, "VTALRM"),
            Map.entry(27, "PROF"),
            Map.entry(29, "IO"),
            Map.entry(30, "PWR"),
            Map.entry(31, "SYS"));

    private Signals() {}

    /** {@code SIGKILL (9)}. */
    static String named(int signal) {
        String name = NAMES.get(signal);
        return name == null ? "signal " + signal : "SIG" + name + " (" + signal + ")";
    }

    /** The signal that a note means: {@code TERM}, {@code SIGTERM} and {@code 15} are the same. Empty: it is none. */
    static OptionalInt parse(String noted) {
        String wanted = noted.strip().toUpperCase(Locale.ROOT);
        String bare = wanted.startsWith("SIG") ? wanted.substring(3) : wanted;
        return NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(bare)
                        || entry.getKey().toString().equals(bare))
                .mapToInt(Map.Entry::getKey)
                .findFirst();
    }

    static boolean asksToStop(int signal) {
        return signal == HUP || signal == INT || signal == TERM;
    }

    /** The signal after which a Java machine exits by itself with this code: it is not killed by it. */
    static OptionalInt answeredBy(int exitCode) {
        int signal = exitCode - SHELL_BASE;
        return asksToStop(signal) ? OptionalInt.of(signal) : OptionalInt.empty();
    }

    /** Sent, or raised by the code itself when something is wrong in it. */
    static boolean isOfACrash(int signal) {
        return signal == 4 || signal == 5 || signal == ABRT || signal == 7 || signal == 8 || signal == 11;
    }
}
