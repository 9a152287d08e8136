package io.steadyline.bootstrap.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.Layout;
import java.util.function.Consumer;

/** Gives each line, as it is written to the log and without its end, to somebody else too. Used by the log writer. */
final class LineSink extends AppenderBase<ILoggingEvent> {

    private final Layout<ILoggingEvent> layout;
    private final Consumer<String> sink;

    LineSink(Layout<ILoggingEvent> layout, Consumer<String> sink) {
        this.layout = layout;
        this.sink = sink;
    }

    @Override
    protected void append(ILoggingEvent event) {
        sink.accept(layout.doLayout(event).stripTrailing());
    }
}
