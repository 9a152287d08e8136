package io.steadyline.journal.boots;

import java.util.function.BiConsumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hears of {@code Runtime.exit}. The JDK tells it only to its own logger {@code java.lang.Runtime} at level DEBUG, with the
 * caller's stack, in the calling thread and before the shutdown hooks; that logger ends in java.util.logging, which is
 * touched nowhere else.
 */
final class ExitListener extends Handler {

    private static final String NAME = "java.lang.Runtime";
    private static final String STATUS = "status: ";

    private final Logger logger = Logger.getLogger(NAME);
    private final @Nullable Level levelBefore = logger.getLevel();
    private final BiConsumer<Integer, StackTraceElement[]> onExit;

    /** @param onExit gets the status and the stack, innermost first; must not throw */
    ExitListener(BiConsumer<Integer, StackTraceElement[]> onExit) {
        this.onExit = onExit;
    }

    /** The logger is held by a field: the JDK forgets one that nobody holds, with its handlers. */
    void install() {
        logger.setLevel(Level.FINE);
        logger.addHandler(this);
    }

    void remove() {
        logger.removeHandler(this);
        logger.setLevel(levelBefore);
    }

    @Override
    public void publish(LogRecord record) {
        Throwable thrown = record.getThrown();
        if (thrown != null) {
            onExit.accept(status(record.getMessage()), thrown.getStackTrace());
        }
    }

    private static int status(@Nullable String message) {
        int at = message == null ? -1 : message.lastIndexOf(STATUS);
        if (message == null || at < 0) {
            return 0;
        }
        try {
            return Integer.parseInt(message.substring(at + STATUS.length()).strip());
        } catch (NumberFormatException unknownForm) {
            return 0;
        }
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
