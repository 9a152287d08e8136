package io.steadyline.otel;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;

/** Counts the exports that the backend did not take. Used by the SDK's export thread. */
final class CountingSpanExporter implements SpanExporter {

    private final SpanExporter exporter;
    private final LongAdder failures;

    CountingSpanExporter(SpanExporter exporter, LongAdder failures) {
        this.exporter = exporter;
        this.failures = failures;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        return Exports.counted(exporter.export(spans), failures);
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    @Override
    public String toString() {
        return exporter.toString();
    }
}
