package io.steadyline.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricTest {

    @ParameterizedTest
    @EnumSource
    void shouldHaveANameAUnitAndASentence(Metric metric) {
        assertThat(metric.otelName()).matches("steadyline(\\.[a-z]+(_[a-z]+)*)+");
        assertThat(metric.unit()).matches("ms|s|\\{[a-z_]+}");
        assertThat(metric.sentence()).endsWith(".").doesNotContain("|", "\n");
        assertThat(metric.unit().equals("ms"))
                .as("times are histograms")
                .isEqualTo(metric.kind() == Metric.Kind.HISTOGRAM);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveFewLabelsAndNoneOfACall(Metric metric) {
        assertThat(metric.labels()).hasSizeLessThanOrEqualTo(2).doesNotHaveDuplicates();
        assertThat(metric.labels()).allMatch(label -> label.matches("[a-z]+"));
        assertThat(metric.labels()).doesNotContain("call", "callId", "stream", "account", "text");
    }

    @Test
    void shouldNotUseANameTwice() {
        List<String> names =
                Arrays.stream(Metric.values()).map(Metric::prometheusName).toList();
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void shouldNameUnitAndKindOnThePrometheusPage() {
        assertThat(Metric.QUEUE_IN.prometheusName()).isEqualTo("steadyline_queue_in_total");
        assertThat(Metric.QUEUE_DEPTH.prometheusName()).isEqualTo("steadyline_queue_depth");
        assertThat(Metric.STT_OPEN.prometheusName()).isEqualTo("steadyline_stt_open_milliseconds");
        assertThat(Metric.BOOT_AGE.prometheusName()).isEqualTo("steadyline_boot_age_seconds");
    }

    @Test
    void shouldRenderOneRowForEachMetric() {
        List<String> lines = Metric.markdownTable().lines().toList();
        assertThat(lines).hasSize(2 + Metric.values().length);
        assertThat(lines.get(1)).isEqualTo("|---|---|---|---|---|---|");
        assertThat(lines)
                .contains("| `steadyline.queue.drops` | `steadyline_queue_drops_total` | counter | {frame} | queue,"
                        + " reason | Frames that a queue lost; cleared is what a barge-in or the agent asked"
                        + " for. |");
        assertThat(lines)
                .contains("| `steadyline.barge_ins` | `steadyline_barge_ins_total` | counter | {barge_in} | –"
                        + " | Times that a caller spoke over the agent. |");
    }
}
