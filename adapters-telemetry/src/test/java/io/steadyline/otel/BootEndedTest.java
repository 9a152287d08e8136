package io.steadyline.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a backend learns of a restart, and of what threatens calls between two. */
class BootEndedTest {

    private OtlpReceiver receiver;
    private Telemetry telemetry;

    @BeforeEach
    void start() throws IOException {
        receiver = new OtlpReceiver();
        telemetry = Telemetry.start(new TelemetrySettings(receiver.environment(), true, false, "1.2.3", "boot-7"));
    }

    @AfterEach
    void stop() {
        telemetry.close();
        receiver.close();
    }

    @Test
    void shouldBeASpanOfItsOwnForAsLongAsNobodyWasThere() {
        Span span = told(2, 1);
        assertThat(span.getName()).isEqualTo("boot.ended");
        assertThat(span.getParentSpanId().isEmpty()).isTrue();
        assertThat(span.getStartTimeUnixNano()).isEqualTo(epochNs(EndedBoots.ENDED));
        assertThat(span.getEndTimeUnixNano()).isEqualTo(epochNs(EndedBoots.ENDED.plusMillis(640)));
        assertThat(attributes(span.getAttributesList()))
                .isEqualTo(Map.of(
                        "steadyline.cause", "sigkill",
                        "steadyline.confidence", "likely",
                        "steadyline.sentence", "SIGKILL from outside,\\u000aby nobody known",
                        "steadyline.auto_reload", "true",
                        "steadyline.boot.id", "boot-6",
                        "steadyline.boot.number", "6",
                        "steadyline.calls.cut", "2",
                        "steadyline.calls.adopted", "1",
                        "steadyline.calls.closed", "1"));
    }

    @Test
    void shouldHaveAnEventForEachCallThatWasLive() {
        Span span = told(2, 1);
        assertThat(span.getEventsList())
                .extracting(Span.Event::getName)
                .containsExactly("call cut", "call cut", "call adopted", "call closed");
        Span.Event first = span.getEvents(0);
        assertThat(first.getTimeUnixNano()).isEqualTo(epochNs(EndedBoots.ENDED.minusMillis(20)));
        assertThat(attributes(first.getAttributesList()))
                .containsEntry("steadyline.call.id", "CA0")
                .containsEntry("steadyline.stream.id", "MZ0")
                .containsEntry("steadyline.dialect", "twilio")
                .containsEntry("steadyline.age_ms", "59000")
                .containsEntry("steadyline.frames.in", "2950")
                .containsEntry("steadyline.frames.out", "1000")
                .containsEntry("steadyline.lost.in_frames", "4")
                .containsEntry("steadyline.lost.out_ms", "160")
                .containsEntry("steadyline.marks.outstanding", "1")
                .containsEntry("steadyline.exact", "true");
    }

    @Test
    void shouldTellOfAHundredCallsAtMostAndCountAll() {
        Span span = told(150, 0);
        assertThat(span.getEventsList()).hasSize(100);
        assertThat(attributes(span.getAttributesList())).containsEntry("steadyline.calls.cut", "150");
        assertThat(telemetry.prometheusText()).contains("steadyline_calls_interrupted_total{fate=\"cut\"} 150.0");
    }

    @Test
    void shouldNotExportLinesOfTheLog() {
        told(1, 0);
        assertThat(receiver.traceRequests().toString()).contains("boot-6").doesNotContain(PlayedCall.SECRET_WORDS);
    }

    @Test
    void shouldCountTheCauseAndWhatBecameOfTheCalls() {
        told(2, 1);
        assertThat(telemetry.prometheusText())
                .contains("steadyline_restarts_total{cause=\"sigkill\"} 1.0")
                .contains("steadyline_calls_interrupted_total{fate=\"cut\"} 2.0")
                .contains("steadyline_calls_interrupted_total{fate=\"adopted\"} 1.0")
                .contains("steadyline_calls_interrupted_total{fate=\"closed\"} 1.0");
    }

    @Test
    void shouldShowFatesAsZeroBeforeAnyCallMetOne() {
        assertThat(telemetry.prometheusText())
                .contains("steadyline_calls_interrupted_total{fate=\"cut\"} 0.0")
                .contains("steadyline_calls_continued_total{how=\"adopted\"} 0.0")
                .contains("steadyline_calls_continued_total{how=\"rejoined\"} 0.0");
    }

    @Test
    void shouldCountHowCallsGoOn() {
        new PlayedCall(telemetry.observer(), "CA1", Map.of()).startAgain("", true);
        new PlayedCall(telemetry.observer(), "CA2", Map.of()).startAgain("", false);
        new PlayedCall(telemetry.observer(), "CA3", Map.of()).startAgain("", false);
        assertThat(telemetry.prometheusText())
                .contains("steadyline_calls_continued_total{how=\"adopted\"} 1.0")
                .contains("steadyline_calls_continued_total{how=\"rejoined\"} 2.0");
    }

    @Test
    void shouldCountWhatThreatensCalls() {
        telemetry.onCustodyFailure("hold");
        telemetry.onJournalLost(3, "full");
        telemetry.onJournalLost(4, "full");
        telemetry.onStall("stopped", 2_004);
        telemetry.onStall("gc", 80);
        assertThat(telemetry.prometheusText())
                .contains("steadyline_custody_failures_total{operation=\"hold\"} 1.0")
                .contains("steadyline_journal_lost_total{reason=\"full\"} 7.0")
                .contains("steadyline_stalls_total{kind=\"stopped\"} 1.0")
                .contains("steadyline_stall_duration_milliseconds_sum{kind=\"stopped\"} 2004.0")
                .contains("steadyline_stall_duration_milliseconds_sum{kind=\"gc\"} 80.0");
    }

    @Test
    void shouldShowTheRecorderAsDurableOnlyWhenTold() {
        assertThat(telemetry.prometheusText()).contains("steadyline_recorder_durable 0.0");
        telemetry.onRecorder(true);
        assertThat(telemetry.prometheusText()).contains("steadyline_recorder_durable 1.0");
        telemetry.onRecorder(false);
        assertThat(telemetry.prometheusText()).contains("steadyline_recorder_durable 0.0");
    }

    @Test
    void shouldCostNothingWhenNobodyWantsTelemetry() {
        try (Telemetry off = Telemetry.start(new TelemetrySettings(Map.of(), false, false, "1.2.3", "boot-7"))) {
            off.bootEnded(EndedBoots.killed(1, 1));
            off.onCustodyFailure("hold");
            off.onRecorder(true);
            off.onJournalLost(1, "full");
            off.onStall("gc", 1);
            PlayedCall call = new PlayedCall(off.observer(), Map.of());
            call.start();
            assertThat(off.traceparentOf(call.callId())).isEmpty();
        }
    }

    private Span told(int cut, int adopted) {
        telemetry.bootEnded(EndedBoots.killed(cut, adopted));
        assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
        assertThat(receiver.spans()).hasSize(1);
        return receiver.spans().getFirst();
    }

    private static long epochNs(Instant at) {
        return at.getEpochSecond() * 1_000_000_000 + at.getNano();
    }

    private static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, entry -> switch (entry.getValue()
                .getValueCase()) {
            case INT_VALUE -> String.valueOf(entry.getValue().getIntValue());
            case BOOL_VALUE -> String.valueOf(entry.getValue().getBoolValue());
            default -> entry.getValue().getStringValue();
        }));
    }
}
