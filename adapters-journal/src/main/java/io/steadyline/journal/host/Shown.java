package io.steadyline.journal.host;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Text of other processes made fit for one log line, and moments for people. */
final class Shown {

    /** Room for a long {@code java -jar} with options; a class path of ten thousand characters says no more. */
    private static final int MAX_CHARS = 160;

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private Shown() {}

    /** One line of at most {@value #MAX_CHARS} characters; control characters become question marks. */
    static String text(String raw) {
        StringBuilder line = new StringBuilder();
        raw.strip()
                .codePoints()
                .limit(MAX_CHARS + 1L)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .forEach(line::appendCodePoint);
        return line.codePointCount(0, line.length()) > MAX_CHARS
                ? line.substring(0, line.offsetByCodePoints(0, MAX_CHARS - 1)) + "…"
                : line.toString();
    }

    static String moment(Instant at) {
        return SECONDS.format(at);
    }

    /** The class's name without package, and its message: enough for a reason in a log line. */
    static String reason(Throwable failure) {
        String message = failure.getMessage();
        String name = failure.getClass().getSimpleName();
        return text(message == null ? name : name + ": " + message);
    }
}
