package io.steadyline.otel;

import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.steadyline.telemetry.Metric;
import io.steadyline.telemetry.Metric.Kind;
import java.util.List;
import java.util.function.Consumer;

/** Makes the instrument of a {@link Metric}. Counters and gauges are read at each collection, histograms are told. */
final class Instruments {

    private final Meter meter;

    Instruments(Meter meter) {
        this.meter = meter;
    }

    Counter counter(Metric metric) {
        expect(metric, Kind.COUNTER);
        Counter counter = new Counter(metric);
        export(counter);
        return counter;
    }

    /** For a counter that had to be there before the meter. */
    void export(Counter counter) {
        Metric metric = counter.metric();
        meter.counterBuilder(metric.otelName())
                .setUnit(metric.unit())
                .setDescription(metric.sentence())
                .buildWithCallback(counter::observe);
    }

    void gauge(Metric metric, Consumer<ObservableLongMeasurement> reader) {
        expect(metric, Kind.GAUGE);
        meter.gaugeBuilder(metric.otelName())
                .ofLongs()
                .setUnit(metric.unit())
                .setDescription(metric.sentence())
                .buildWithCallback(reader);
    }

    void upDown(Metric metric, Consumer<ObservableLongMeasurement> reader) {
        expect(metric, Kind.UP_DOWN);
        meter.upDownCounterBuilder(metric.otelName())
                .setUnit(metric.unit())
                .setDescription(metric.sentence())
                .buildWithCallback(reader);
    }

    DoubleHistogram histogram(Metric metric, List<Double> bounds) {
        expect(metric, Kind.HISTOGRAM);
        return meter.histogramBuilder(metric.otelName())
                .setUnit(metric.unit())
                .setDescription(metric.sentence())
                .setExplicitBucketBoundariesAdvice(bounds)
                .build();
    }

    private static void expect(Metric metric, Kind kind) {
        if (metric.kind() != kind) {
            throw new IllegalArgumentException(metric + " kind: " + metric.kind() + " (expected: " + kind + ")");
        }
    }
}
