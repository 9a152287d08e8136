package io.steadyline.bootstrap.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code 2026-01-01T12:00:00.123Z INFO  [boot 7-3fa2] [call CA123] CallLoop (main): message}. Boot and call are left out
 * while unknown; an exception follows in the same line.
 */
public final class LineLayout extends LayoutBase<ILoggingEvent> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private static final int MAX_FRAMES = 24;
    private static final int MAX_CAUSES = 5;

    /** The last one and its line: several outputs ask for the same, one after the other. */
    private @Nullable ILoggingEvent last;

    private String lastLine = "";

    /** Used by one thread. */
    @Override
    public String doLayout(ILoggingEvent event) {
        if (!event.equals(last)) {
            lastLine = line(event);
            last = event;
        }
        return lastLine;
    }

    private static String line(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        line.append(' ').append(String.format("%-5s", event.getLevel())).append(' ');
        tag(line, "boot", event.getLoggerContextVO().getPropertyMap().get(Logs.BOOT_ID));
        tag(line, "call", event.getMDCPropertyMap().get(Logs.CALL_ID));
        line.append(shortName(event.getLoggerName())).append(" (");
        OneLine.append(line, event.getThreadName());
        line.append("): ");
        OneLine.append(line, String.valueOf(event.getFormattedMessage()));
        appendThrowable(line, event.getThrowableProxy());
        return line.append('\n').toString();
    }

    private static void tag(StringBuilder line, String name, @Nullable String value) {
        if (value != null) {
            line.append('[').append(name).append(' ');
            OneLine.append(line, value);
            line.append("] ");
        }
    }

    private static String shortName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }

    private static void appendThrowable(StringBuilder line, @Nullable IThrowableProxy thrown) {
        IThrowableProxy current = thrown;
        for (int depth = 0; current != null && depth <= MAX_CAUSES; depth++) {
            line.append(depth == 0 ? " | " : " | caused by ")
                    .append(current.getClassName())
                    .append(": ");
            OneLine.append(line, String.valueOf(current.getMessage()));
            appendFrames(line, current);
            current = current.getCause();
        }
    }

    /** A cause shares its outer frames with what it caused; they are not repeated. */
    private static void appendFrames(StringBuilder line, IThrowableProxy thrown) {
        var frames = thrown.getStackTraceElementProxyArray();
        int own = frames.length - thrown.getCommonFrames();
        for (int i = 0; i < Math.min(own, MAX_FRAMES); i++) {
            line.append(" < ");
            OneLine.append(line, frames[i].getStackTraceElement().toString());
        }
        if (own > MAX_FRAMES) {
            line.append(" < ").append(own - MAX_FRAMES).append(" more");
        }
    }
}
