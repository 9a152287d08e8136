package io.steadyline.bootstrap.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.AppenderAttachableImpl;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Hands events to a thread of its own, which writes them. Logback's AsyncAppender either blocks its caller or discards
 * warnings; on the media loop neither will do.
 */
public final class NeverBlockingAppender extends UnsynchronizedAppenderBase<ILoggingEvent>
        implements AppenderAttachable<ILoggingEvent> {

    /** How long stopping waits for queued lines to be written; a blocked output must not keep the process alive. */
    private static final long FLUSH_MS = 1000;

    private final LogBuffer buffer = new LogBuffer();
    private final AppenderAttachableImpl<ILoggingEvent> outputs = new AppenderAttachableImpl<>();
    private @Nullable Thread writer;

    @Override
    public void start() {
        if (isStarted()) {
            return;
        }
        Thread thread = new Thread(this::writeAll, "log-writer");
        thread.setDaemon(true);
        writer = thread;
        super.start();
        thread.start();
    }

    @Override
    public void stop() {
        if (!isStarted()) {
            return;
        }
        super.stop();
        buffer.close();
        if (flushed(writer)) {
            outputs.detachAndStopAllAppenders();
        }
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        buffer.offer(event);
    }

    private void writeAll() {
        try {
            LogBuffer.Taken taken = buffer.take();
            while (taken != null) {
                write(taken);
                taken = buffer.take();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(LogBuffer.Taken taken) {
        if (taken.discarded() > 0) {
            outputs.appendLoopOnAppenders(discardedNote(taken.discarded()));
        }
        if (taken.event() != null) {
            outputs.appendLoopOnAppenders(taken.event());
        }
    }

    private ILoggingEvent discardedNote(long discarded) {
        LoggerContext context = (LoggerContext) getContext();
        String message = "{} log lines were discarded: the output did not take them in time";
        LoggingEvent note = new LoggingEvent(
                NeverBlockingAppender.class.getName(),
                context.getLogger(Logs.class),
                Level.WARN,
                message,
                null,
                new Object[] {discarded});
        note.setThreadName("log-writer");
        return note;
    }

    /** False: the output is blocked. Closing it would wait for the same lock, so it is left alone. */
    private static boolean flushed(@Nullable Thread thread) {
        if (thread == null) {
            return true;
        }
        try {
            thread.join(FLUSH_MS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    @Override
    public void addAppender(Appender<ILoggingEvent> output) {
        outputs.addAppender(output);
    }

    @Override
    public Iterator<Appender<ILoggingEvent>> iteratorForAppenders() {
        return outputs.iteratorForAppenders();
    }

    @Override
    public @Nullable Appender<ILoggingEvent> getAppender(String name) {
        return outputs.getAppender(name);
    }

    @Override
    public boolean isAttached(Appender<ILoggingEvent> output) {
        return outputs.isAttached(output);
    }

    @Override
    public void detachAndStopAllAppenders() {
        outputs.detachAndStopAllAppenders();
    }

    @Override
    public boolean detachAppender(Appender<ILoggingEvent> output) {
        return outputs.detachAppender(output);
    }

    @Override
    public boolean detachAppender(String name) {
        return outputs.detachAppender(name);
    }
}
