package io.steadyline.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is on and off under which variables. */
class SwitchesTest {

    @Nested
    class OffByDefault {

        @Test
        void shouldStartNoThreadAndStillShowThePage() {
            Set<Long> before = threads();
            try (Telemetry telemetry = Telemetry.start(settings(Map.of(), true))) {
                new PlayedCall(telemetry.observer(), Map.of()).playAll();
                assertThat(telemetry.prometheusText())
                        .contains("steadyline_calls_ended_total{by=\"caller\",reason=\"hang_up\"} 1.0")
                        .contains("steadyline_send_lateness_milliseconds_count 1")
                        .contains("steadyline_queue_drops_total{queue=\"tx\",reason=\"overflow\"} 0.0")
                        .contains("service_instance_id=\"boot-7\"");
                assertThat(newThreads(before)).isEmpty();
            }
        }

        @Test
        void shouldListTheMetricsBeforeTheFirstCall() {
            try (Telemetry telemetry = Telemetry.start(settings(Map.of(), true))) {
                assertThat(telemetry.prometheusText())
                        .contains("steadyline_calls_live{state=\"active\"} 0.0")
                        .contains("steadyline_calls_judged_total{verdict=\"healthy\"} 0.0")
                        .contains("steadyline_barge_ins_total 0.0");
            }
        }

        @Test
        void shouldHandOnThePeersContext() {
            String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
            try (Telemetry telemetry = Telemetry.start(settings(Map.of(), true))) {
                PlayedCall call = new PlayedCall(telemetry.observer(), Map.of("traceparent", traceparent));
                call.start();
                assertThat(telemetry.traceContext(call.callId())).isEqualTo(Map.of("traceparent", traceparent));
            }
        }

        @Test
        void shouldDoNothingAtAllWithoutThePage() {
            Set<Long> before = threads();
            try (Telemetry telemetry = Telemetry.start(settings(Map.of(), false))) {
                PlayedCall call = new PlayedCall(telemetry.observer(), Map.of());
                call.playAll();
                assertThat(telemetry.observer()).isSameAs(NoObserver.INSTANCE);
                assertThat(telemetry.traceContext(call.callId())).isEmpty();
                assertThat(telemetry.prometheusText()).isEqualTo("# the metrics page is off\n");
                assertThat(newThreads(before)).isEmpty();
            }
        }

        private static Set<Long> threads() {
            return Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::threadId)
                    .collect(Collectors.toSet());
        }

        private static Set<String> newThreads(Set<Long> before) {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !before.contains(thread.threadId()))
                    .map(Thread::getName)
                    .collect(Collectors.toSet());
        }
    }

    @Nested
    class Decisions {

        @Test
        void shouldExportBothToAnEndpoint() {
            OtelSwitches switches = OtelSwitches.of(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4317"), true);
            assertThat(switches).isEqualTo(new OtelSwitches(false, "otlp", "otlp", true));
        }

        @Test
        void shouldExportOnlyTheSignalWithAnEndpoint() {
            OtelSwitches switches =
                    OtelSwitches.of(Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://c:4317"), true);
            assertThat(switches).isEqualTo(new OtelSwitches(false, "otlp", "none", true));
        }

        @Test
        void shouldLetAnExporterBeSwitchedOff() {
            OtelSwitches switches = OtelSwitches.of(
                    Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4317", "OTEL_METRICS_EXPORTER", "none"), false);
            assertThat(switches).isEqualTo(new OtelSwitches(false, "otlp", "none", false));
        }

        @Test
        void shouldTakePrometheusAsAWishForThePage() {
            assertThat(OtelSwitches.of(Map.of("OTEL_METRICS_EXPORTER", "prometheus"), false))
                    .isEqualTo(new OtelSwitches(false, "none", "none", true));
            assertThat(OtelSwitches.of(Map.of("OTEL_METRICS_EXPORTER", "otlp, prometheus"), false))
                    .isEqualTo(new OtelSwitches(false, "none", "otlp", true));
        }

        @Test
        void shouldTakeAnEmptyVariableAsUnset() {
            assertThat(OtelSwitches.of(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", " "), false)
                            .needsSdk())
                    .isFalse();
        }

        @Test
        void shouldHonourDisabled() {
            Map<String, String> environment =
                    Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4317", "OTEL_SDK_DISABLED", "TRUE");
            assertThat(OtelSwitches.of(environment, true).needsSdk()).isFalse();
        }

        @Test
        void shouldRefuseCertificatesThatGrpcWouldIgnore() {
            Map<String, String> environment = Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT", "https://c:4317", "OTEL_EXPORTER_OTLP_CERTIFICATE", "/ca.pem");
            assertThatThrownBy(() -> Telemetry.start(settings(environment, true)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("OTEL_EXPORTER_OTLP_CERTIFICATE: '/ca.pem' (expected: ");
        }
    }

    @Test
    void shouldExportByHttpAsWell() throws IOException {
        Queue<ExportTraceServiceRequest> received = new ConcurrentLinkedQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/v1/traces", exchange -> {
            try (InputStream body = exchange.getRequestBody()) {
                received.add(ExportTraceServiceRequest.parseFrom(body));
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        Map<String, String> environment = Map.of(
                "OTEL_TRACES_EXPORTER", "otlp",
                "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://localhost:" + server.getAddress().getPort(),
                "OTEL_METRICS_EXPORTER", "none");
        try (Telemetry telemetry = Telemetry.start(settings(environment, false))) {
            new PlayedCall(telemetry.observer(), Map.of()).playAll();
            assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
        } finally {
            server.stop(0);
        }
        assertThat(received).hasSize(1);
        assertThat(received.element().getResourceSpans(0).getScopeSpans(0).getSpansCount())
                .isEqualTo(9);
    }

    private static TelemetrySettings settings(Map<String, String> environment, boolean page) {
        return new TelemetrySettings(environment, page, false, "1.2.3", "boot-7");
    }
}
