package io.steadyline.stt.choice;

import io.steadyline.signal.Printable;
import java.util.Locale;

/**
 * A parameter of a call that was not obeyed.
 *
 * @param parameter its name; made safe for a log line
 * @param detail value and expectation
 */
public record Ignored(String parameter, Reason reason, String detail) {

    /** Few, for the metric. */
    public enum Reason {
        /** Nobody put it on the allow-list, or no call may ever choose it. */
        NOT_ALLOWED,
        /** No vendor of that name is configured. */
        UNKNOWN_VENDOR,
        /** No vendor of this call has such an option. */
        UNKNOWN_OPTION,
        BAD_VALUE;

        /** As a label. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int MAX_DETAIL_CHARS = 200;

    public Ignored {
        parameter = Printable.of(parameter);
        detail = Printable.of(detail, MAX_DETAIL_CHARS);
    }

    @Override
    public String toString() {
        return parameter + ": " + detail;
    }
}
