package io.steadyline.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A backend that is not there, and one that never answers. */
class BackendFailureTest {

    private static final int TURNS = 500;
    private static final int QUEUED_SPANS = 64;
    private static final int BATCH = 16;

    @Test
    @Timeout(30) // The exports themselves may take ten minutes: neither moments nor close may wait for one.
    void shouldTakeAllMomentsAndCloseInTimeWhileTheBackendHangs() throws IOException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Telemetry telemetry = Telemetry.start(settings(hanging.getLocalPort()));
            PlayedCall call = new PlayedCall(telemetry.observer(), Map.of());
            call.start();
            for (int i = 0; i < TURNS; i++) {
                call.turn(10L * i);
            }
            call.end(10L * TURNS);

            String page = telemetry.prometheusText();
            assertThat(value(page, "steadyline_agent_response_milliseconds_count"))
                    .isEqualTo(TURNS);
            assertThat(value(page, "steadyline_telemetry_spans_total{dropped=\"true\"}"))
                    .isGreaterThanOrEqualTo(TURNS + 1 - QUEUED_SPANS - 2 * BATCH)
                    .isLessThanOrEqualTo(TURNS + 1 - QUEUED_SPANS);
            assertThat(telemetry.close(Duration.ofMillis(50)))
                    .as("everything was sent")
                    .isFalse();
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !before.contains(thread))
                    .as("threads that could keep the process alive")
                    .allMatch(Thread::isDaemon);
        }
    }

    @Test
    @Timeout(30)
    void shouldCountTheExportsThatNobodyTakes() throws IOException {
        int closedPort;
        try (ServerSocket closing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = closing.getLocalPort();
        }
        try (Telemetry telemetry = Telemetry.start(settings(closedPort))) {
            PlayedCall call = new PlayedCall(telemetry.observer(), Map.of());
            call.playAll();

            await().untilAsserted(() -> assertThat(value(
                            telemetry.prometheusText(),
                            "steadyline_telemetry_export_failures_total{signal=\"traces\"}"))
                    .isPositive());
            assertThat(telemetry.prometheusText()).contains("steadyline_calls_ended_total{");
        }
    }

    private static TelemetrySettings settings(int port) {
        Map<String, String> environment = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://localhost:" + port,
                "OTEL_EXPORTER_OTLP_TIMEOUT",
                "600000",
                "OTEL_BSP_EXPORT_TIMEOUT",
                "600000",
                "OTEL_BSP_SCHEDULE_DELAY",
                "20",
                "OTEL_BSP_MAX_QUEUE_SIZE",
                String.valueOf(QUEUED_SPANS),
                "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
                String.valueOf(BATCH));
        return new TelemetrySettings(environment, true, false, "1.2.3", "boot-7");
    }

    private static double value(String page, String series) {
        Matcher line = Pattern.compile("^" + Pattern.quote(series) + " (\\S+)$", Pattern.MULTILINE)
                .matcher(page);
        assertThat(line.find()).as(series + " in\n" + page).isTrue();
        return Double.parseDouble(line.group(1));
    }
}
