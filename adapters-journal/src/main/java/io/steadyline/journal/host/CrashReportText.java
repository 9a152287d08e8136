package io.steadyline.journal.host;

import io.steadyline.restart.Evidence.CrashKind;
import io.steadyline.restart.Evidence.CrashReport;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a crash report of the Java machine ({@code hs_err}) says about itself. Any text will do: the machine may
 * have died while it wrote. Pure.
 */
final class CrashReportText {

    private static final Pattern SIGNAL = Pattern.compile("(?m)^# +SIG[A-Z0-9]+ \\(0x([0-9a-fA-F]{1,4})\\)");
    private static final Pattern SIGINFO = Pattern.compile("siginfo: si_signo: (\\d{1,3})");
    private static final Pattern SENDER =
            Pattern.compile("si_code: -?\\d+ \\(SI_(?:USER|QUEUE)\\)(?:, si_pid: (\\d{1,9}))?");
    private static final Pattern FRAME = Pattern.compile("(?m)^# Problematic frame:\\s*\\R# *(\\S.*)$");
    private static final Pattern NO_MEMORY = Pattern.compile("(?m)^# +(Native memory allocation \\([^\\n]{1,200})$");

    private CrashReportText() {}

    static CrashReport parse(String file, String text) {
        Matcher sender = SENDER.matcher(text);
        boolean sent = sender.find();
        OptionalInt senderPid = sent && sender.group(1) != null ? number(sender.group(1), 10) : OptionalInt.empty();
        CrashKind kind = text.contains("OutOfMemory encountered")
                ? CrashKind.OUT_OF_MEMORY
                : sent || text.contains("(sent by kill)") || text.contains("(sent by sigqueue)")
                        ? CrashKind.SENT
                        : CrashKind.NATIVE;
        return new CrashReport(file, kind, signal(text), senderPid, frame(text));
    }

    private static OptionalInt signal(String text) {
        Matcher inHead = SIGNAL.matcher(text);
        if (inHead.find()) {
            return number(inHead.group(1), 16);
        }
        Matcher inInfo = SIGINFO.matcher(text);
        return inInfo.find() ? number(inInfo.group(1), 10) : OptionalInt.empty();
    }

    private static Optional<String> frame(String text) {
        Matcher frame = FRAME.matcher(text);
        if (frame.find()) {
            return Optional.of(Shown.text(frame.group(1)));
        }
        // The machine itself got no memory from the system: no frame, and as good a reason.
        Matcher noMemory = NO_MEMORY.matcher(text);
        return noMemory.find() ? Optional.of(Shown.text(noMemory.group(1))) : Optional.empty();
    }

    private static OptionalInt number(String digits, int radix) {
        return OptionalInt.of(Integer.parseInt(digits, radix));
    }
}
