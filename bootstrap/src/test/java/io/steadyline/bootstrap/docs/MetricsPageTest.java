package io.steadyline.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.telemetry.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The committed page is the printed one; {@code -Dsteadyline.docs=write} writes it. */
class MetricsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "metrics.md");

    private static final String BEGIN = """
        # Metrics

        This page is printed from the catalogue in the code, `io.steadyline.telemetry.Metric`; a test compares the two.

        The same numbers are exported by OTLP when `OTEL_*` variables ask for it, and stand on the Prometheus page
        `GET /metrics` of the HTTP port; see [operations.md](operations.md). On the page, a histogram's series add
        `_bucket`, `_sum` and `_count`. Labels have few values, known in advance: never a call id.

        """;

    @Test
    void shouldBeTheCommittedPage() throws IOException {
        String printed = BEGIN + Metric.markdownTable();
        if ("write".equals(System.getProperty("steadyline.docs"))) {
            Files.writeString(PAGE, printed);
        }
        assertThat(Files.readString(PAGE))
                .as("%s differs from the catalogue; rewrite it with -Dsteadyline.docs=write", PAGE)
                .isEqualTo(printed);
    }
}
