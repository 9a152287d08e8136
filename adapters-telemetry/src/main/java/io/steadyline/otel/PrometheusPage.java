package io.steadyline.otel;

import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The metrics as Prometheus reads them; collected when asked for. Any thread but the media loop. */
final class PrometheusPage {

    private static final int USUAL_PAGE_BYTES = 32 * 1024;

    private final PrometheusMetricReader reader =
            PrometheusMetricReader.builder().setOtelScopeLabelsEnabled(false).build();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    PrometheusMetricReader reader() {
        return reader;
    }

    String text() {
        ByteArrayOutputStream page = new ByteArrayOutputStream(USUAL_PAGE_BYTES);
        try {
            writer.write(page, reader.collect(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException("metrics page", e);
        }
        return page.toString(StandardCharsets.UTF_8);
    }
}
