package io.steadyline.bootstrap.system;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Collects what a logger writes, each line behind the id of its call. */
final class CallLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;

    private CallLines(Logger logger) {
        this.logger = logger;
    }

    static CallLines of(String loggerName) {
        CallLines lines = new CallLines((Logger) LoggerFactory.getLogger(loggerName));
        lines.start();
        // Other tests of this JVM may have left the level of a client command.
        lines.logger.setLevel(Level.INFO);
        lines.logger.addAppender(lines);
        return lines;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String call = event.getMDCPropertyMap().getOrDefault("call", "-");
        lines.add(call + " " + event.getLevel() + " " + event.getFormattedMessage());
    }

    List<String> ofCall(String callSid) {
        return lines.stream().filter(line -> line.startsWith(callSid + " ")).toList();
    }

    List<String> all() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        stop();
    }
}
