package io.steadyline.bootstrap.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Starts and stops logging. Used by the main thread only: start before anything else logs, stop as the last act, because
 * lines are written by another thread and what is still queued at the end would be lost.
 */
public final class Logs {

    /** MDC key of the call that a line is about. */
    public static final String CALL_ID = "call";

    static final String BOOT_ID = "boot";

    /** The appender that all lines go through; named in logback.xml. */
    private static final String QUEUE = "never-blocking";

    private static final String CONSOLE = "console";

    /** Read by logback.xml. */
    private static final String TARGET = "steadyline.log.target";

    private Logs() {}

    /** The server: everything at {@code level} and above to standard output, each line with the boot id. */
    public static void startForServer(String bootId, String level) {
        LoggerContext context = start("System.out", level);
        context.putProperty(BOOT_ID, bootId);
    }

    /** A client command: standard output belongs to its answer, so warnings go to standard error. */
    public static void startForClient() {
        start("System.err", "warn");
    }

    /** Gives each line, without its end, to this as well; told by the thread that writes the log, which it must not hold up. */
    public static void alsoTo(Consumer<String> sink) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                && context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(QUEUE)
                        instanceof NeverBlockingAppender queue) {
            LineSink output = new LineSink(layoutOf(queue), sink);
            output.setContext(context);
            output.start();
            queue.addAppender(output);
        }
    }

    /** The console's own, which has made the line already when the next output asks for it. */
    private static Layout<ILoggingEvent> layoutOf(NeverBlockingAppender queue) {
        return queue.getAppender(CONSOLE) instanceof ConsoleAppender<ILoggingEvent> console
                        && console.getEncoder() instanceof LayoutWrappingEncoder<ILoggingEvent> encoder
                ? encoder.getLayout()
                : new LineLayout();
    }

    /** Changes what is written from now on. */
    public static void level(String level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.toLevel(level, Level.INFO));
        }
    }

    /** Writes what is queued, for a second at most; nothing is logged after it. */
    public static void stop() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }

    private static LoggerContext start(String target, String level) {
        System.setProperty(TARGET, target);
        // jboss-logging, which Undertow and XNIO use, would else prefer other back ends that it finds.
        System.setProperty("org.jboss.logging.provider", "slf4j");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.toLevel(level, Level.INFO));
        return context;
    }
}
