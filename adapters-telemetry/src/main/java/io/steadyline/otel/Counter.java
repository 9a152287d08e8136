package io.steadyline.otel;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.steadyline.signal.Printable;
import io.steadyline.telemetry.Metric;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The running total of one counter, for each set of label values. Adds come from any thread and never wait; a collection
 * only reads. At most 64 sets: what comes later is counted as {@code other}, so that no vendor's inventive error code can
 * fill the memory.
 */
final class Counter {

    private static final int MAX_SERIES = 64;
    private static final String OTHER = "other";

    private final Metric metric;
    private final Map<List<String>, Series> series = new ConcurrentHashMap<>();

    private record Series(Attributes labels, LongAdder total) {}

    Counter(Metric metric) {
        this.metric = metric;
    }

    Metric metric() {
        return metric;
    }

    /** The total of one set of label values, in the order of {@link Metric#labels}; shown as 0 from now on. */
    LongAdder at(String... labelValues) {
        List<String> key = List.of(labelValues);
        if (key.size() != metric.labels().size()) {
            throw new IllegalArgumentException(
                    metric + " label values: " + key + " (expected: one each of " + metric.labels() + ")");
        }
        Series known = series.get(key);
        if (known == null) {
            List<String> bounded = series.size() < MAX_SERIES ? key : Collections.nCopies(key.size(), OTHER);
            known = series.computeIfAbsent(bounded, values -> new Series(labels(values), new LongAdder()));
        }
        return known.total;
    }

    void observe(ObservableLongMeasurement measurement) {
        series.values().forEach(one -> measurement.record(one.total.sum(), one.labels));
    }

    private Attributes labels(List<String> values) {
        AttributesBuilder labels = Attributes.builder();
        for (int i = 0; i < values.size(); i++) {
            labels.put(metric.labels().get(i), Printable.of(values.get(i)));
        }
        return labels.build();
    }
}
