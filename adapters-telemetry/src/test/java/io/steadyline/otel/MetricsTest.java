package io.steadyline.otel;

import static io.steadyline.otel.PlayedCall.CLOCK;
import static io.steadyline.otel.PlayedCall.counts;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.steadyline.telemetry.CallVerdict;
import io.steadyline.telemetry.FaultSide;
import io.steadyline.telemetry.Metric;
import io.steadyline.telemetry.QueueName;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Metrics as a backend receives them over OTLP gRPC, and as the Prometheus page shows them. */
class MetricsTest {

    private OtlpReceiver receiver;
    private Telemetry telemetry;

    @BeforeEach
    void start() throws IOException {
        receiver = new OtlpReceiver();
        telemetry = Telemetry.start(
                new TelemetrySettings(receiver.environment(), true, false, "1.2.3", "boot-7"),
                CLOCK,
                Tracing.MAX_SPANS_PER_CALL);
    }

    @AfterEach
    void stop() {
        telemetry.close();
        receiver.close();
    }

    @Test
    void shouldExportEveryMetricAndNoOther() {
        playEverything();
        assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();

        Set<String> known = Arrays.stream(Metric.values()).map(Metric::otelName).collect(Collectors.toSet());
        assertThat(receiver.metrics().keySet()).isEqualTo(known);
    }

    @Test
    void shouldExportEachWithItsKindUnitAndLabels() {
        playEverything();
        assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();

        for (Metric metric : Metric.values()) {
            var exported = receiver.metric(metric.otelName());
            assertThat(exported.getDescription()).as(metric.name()).isEqualTo(metric.sentence());
            if (metric != Metric.TELEMETRY_SPANS) { // the SDK's own, renamed
                assertThat(exported.getUnit()).as(metric.name()).isEqualTo(metric.unit());
            }
            assertThat(kind(exported)).as(metric.name()).isEqualTo(metric.kind());
            assertThat(labelKeys(exported)).as(metric.name()).isEqualTo(Set.copyOf(metric.labels()));
        }
    }

    @Test
    void shouldShowEveryMetricOnThePageByItsPrometheusName() {
        playEverything();
        assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();

        Set<String> shown = telemetry
                .prometheusText()
                .lines()
                .filter(line -> line.startsWith("# TYPE steadyline_"))
                .map(line -> line.replaceFirst("# TYPE (\\S+) \\S+", "$1"))
                .collect(Collectors.toSet());
        assertThat(shown)
                .isEqualTo(Arrays.stream(Metric.values())
                        .map(Metric::prometheusName)
                        .collect(Collectors.toSet()));
    }

    @Test
    void shouldAddUpTheQueuesOfAllCalls() {
        PlayedCall first = new PlayedCall(telemetry.observer(), "CA1", Map.of());
        PlayedCall second = new PlayedCall(telemetry.observer(), "CA2", Map.of());
        first.start();
        second.start();
        first.second(0, counts(QueueName.RX, 100, 7));
        first.second(1, counts(QueueName.RX, 150, 9));
        second.second(0, counts(QueueName.RX, 60, 4));

        assertThat(telemetry.prometheusText())
                .contains("steadyline_queue_in_total{queue=\"rx\"} 210.0")
                .contains("steadyline_queue_out_total{queue=\"rx\"} 137.0")
                .contains("steadyline_queue_drops_total{queue=\"rx\",reason=\"overflow\"} 20.0")
                .contains("steadyline_queue_drops_total{queue=\"send\",reason=\"closed\"} 0.0")
                .contains("steadyline_queue_refusals_total{queue=\"rx\"} 10.0")
                .contains("steadyline_queue_depth{queue=\"rx\"} 13.0")
                .contains("steadyline_queue_deepest{queue=\"rx\"} 9.0")
                .contains("steadyline_calls_live{state=\"connecting\"} 2.0");

        first.end(10);
        assertThat(telemetry.prometheusText())
                .contains("steadyline_queue_in_total{queue=\"rx\"} 210.0")
                .contains("steadyline_queue_depth{queue=\"rx\"} 4.0")
                .contains("steadyline_calls_live{state=\"connecting\"} 1.0");
    }

    @Test
    void shouldGoOnCountingWhenAResumedCallsQueueStartsAnew() {
        PlayedCall call = new PlayedCall(telemetry.observer(), Map.of());
        call.start();
        call.second(0, counts(QueueName.SEND, 100, 0));
        call.second(1, counts(QueueName.SEND, 40, 0));

        assertThat(telemetry.prometheusText()).contains("steadyline_queue_in_total{queue=\"send\"} 140.0");
    }

    @Test
    void shouldCountHowCallsEnd() {
        telemetry.verdictsFrom(id -> new CallVerdict(FaultSide.NONE, 8, 0, ""));
        new PlayedCall(telemetry.observer(), Map.of()).playAll();

        assertThat(telemetry.prometheusText())
                .contains("steadyline_calls_started_total{dialect=\"twilio\"} 1.0")
                .contains("steadyline_calls_ended_total{by=\"caller\",reason=\"hang_up\"} 1.0")
                .contains("steadyline_calls_judged_total{verdict=\"healthy\"} 1.0")
                .contains("steadyline_calls_judged_total{verdict=\"network\"} 0.0")
                .contains("steadyline_input_refused_total{reason=\"bad_payload\"} 2.0")
                .contains("steadyline_marks_total{outcome=\"interrupted\"} 1.0")
                .contains("steadyline_stt_failures_total{category=\"quota\",provider=\"builtin\"} 1.0")
                .contains("steadyline_rx_missing_total 6.0")
                .contains("steadyline_tx_underruns_total 4.0")
                .contains("steadyline_rx_drains_total 2.0");
    }

    @Test
    void shouldMeasureInMilliseconds() {
        new PlayedCall(telemetry.observer(), Map.of()).playAll();
        assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();

        assertThat(histogram(Metric.SEND_LATENESS).getSum()).isEqualTo(3.0);
        assertThat(histogram(Metric.STT_WRITE).getSum()).isEqualTo(0.05);
        assertThat(histogram(Metric.LOOP_LATENESS).getCount()).isEqualTo(2);
        assertThat(histogram(Metric.STT_OPEN).getSum()).isEqualTo(119.0);
        assertThat(histogram(Metric.AGENT_RESPONSE).getSum()).isEqualTo(700.0);
        assertThat(histogram(Metric.RX_DRAIN_DURATION).getSum()).isEqualTo(500.0);
        assertThat(histogram(Metric.STT_WRITE).getExplicitBoundsList()).contains(1.0);
    }

    private void playEverything() {
        new PlayedCall(telemetry.observer(), Map.of()).playAll();
        telemetry.bootEnded(EndedBoots.killed(1, 1));
        telemetry.onCustodyFailure("hold");
        telemetry.onRecorder(true);
        telemetry.onJournalLost(1, "full");
        telemetry.onSttConnect("deepgram");
        telemetry.onSttLeftAlone("deepgram");
        telemetry.onSttWishIgnored("not_allowed");
        telemetry.onTranscriptsLost(1, "disk");
        telemetry.onStall("gc", 80);
    }

    private HistogramDataPoint histogram(Metric metric) {
        return receiver.metric(metric.otelName()).getHistogram().getDataPoints(0);
    }

    private static Metric.Kind kind(io.opentelemetry.proto.metrics.v1.Metric metric) {
        return switch (metric.getDataCase()) {
            case GAUGE -> Metric.Kind.GAUGE;
            case HISTOGRAM -> Metric.Kind.HISTOGRAM;
            case SUM -> metric.getSum().getIsMonotonic() ? Metric.Kind.COUNTER : Metric.Kind.UP_DOWN;
            default -> throw new AssertionError(metric);
        };
    }

    private static Set<String> labelKeys(io.opentelemetry.proto.metrics.v1.Metric metric) {
        List<NumberDataPoint> numbers = metric.hasGauge()
                ? metric.getGauge().getDataPointsList()
                : metric.getSum().getDataPointsList();
        return Stream.concat(
                        numbers.stream().flatMap(point -> point.getAttributesList().stream()),
                        metric.getHistogram().getDataPointsList().stream()
                                .flatMap(point -> point.getAttributesList().stream()))
                .map(label -> label.getKey())
                .collect(Collectors.toSet());
    }
}
