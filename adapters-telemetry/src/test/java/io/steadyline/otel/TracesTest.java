package io.steadyline.otel;

import static io.steadyline.otel.PlayedCall.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallMoment;
import io.steadyline.telemetry.CallVerdict;
import io.steadyline.telemetry.FaultSide;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Spans as a tracing backend receives them, over OTLP gRPC. */
class TracesTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String EARLIER = "c8be7c1a9203332a";
    private static final String TRACEPARENT = "00-" + TRACE + "-" + PARENT + "-01";

    private OtlpReceiver receiver;

    @BeforeEach
    void startReceiver() throws IOException {
        receiver = new OtlpReceiver();
    }

    @AfterEach
    void stopReceiver() {
        receiver.close();
    }

    @Test
    void shouldExportTheWholeCallAsOneTree() {
        try (Telemetry telemetry = telemetry(Map.of(), false)) {
            new PlayedCall(telemetry.observer(), Map.of()).playAll();
            assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
        }
        assertThat(tree()).isEqualTo("""
            call 0-8000 [first frame@20, state@20, dtmf@5100, tone@5200, input refused@5300, stream lost@6000, stream resumed@6500]
              stt.session 1-7200 [ready@120, failed@5400, failed@7200]
              greeting 2-1040 [started@40]
              agent 3-7000 []
              caller.turn 2000-3700 [speech ended@3000, transcript@3200, utterance ended@3210]
              rx.drain 2100-2600 []
              caller.turn 5000-8000 [barge-in@5010]
              agent 7100-8000 []
              rx.drain 7300-8000 []
            """);
    }

    @Test
    void shouldTellOfTheCallInItsAttributes() {
        try (Telemetry telemetry = telemetry(Map.of(), false)) {
            telemetry.verdictsFrom(id -> new CallVerdict(FaultSide.RECOGNISER, 8, 2, "q=100 (expected: below 20)"));
            new PlayedCall(telemetry.observer(), Map.of("phone", PlayedCall.PHONE_NUMBER)).playAll();
            assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
        }
        Span call = span("call", 0);
        assertThat(call.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(call.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
        assertThat(attributes(call))
                .isEqualTo(Map.of(
                        "steadyline.call.id", "CA1",
                        "steadyline.stream.id", "MZ1",
                        "steadyline.dialect", "twilio",
                        "steadyline.agent", "echo",
                        "steadyline.recogniser", "builtin",
                        "steadyline.end.reason", "hang_up",
                        "steadyline.end.by", "caller",
                        "steadyline.verdict", "recogniser",
                        "steadyline.resumes", 1L));
        assertThat(attributes(span("greeting", 0)))
                .isEqualTo(Map.of("steadyline.duration_ms", 1_000L, "steadyline.outcome", "played"));
        assertThat(attributes(span("rx.drain", 0)))
                .isEqualTo(Map.of(
                        "steadyline.depth.enter", 100L, "steadyline.depth.leave", 20L, "steadyline.frames", 300L));
        assertThat(attributes(span("rx.drain", 1)))
                .isEqualTo(Map.of("steadyline.depth.enter", 101L, "steadyline.cut", true));
        assertThat(attributes(span("caller.turn", 0)))
                .isEqualTo(
                        Map.of("steadyline.turn", 1L, "steadyline.offset_ms", 1_980L, "steadyline.response_ms", 700.0));
        assertThat(attributes(span("caller.turn", 1)))
                .isEqualTo(Map.of(
                        "steadyline.turn",
                        2L,
                        "steadyline.offset_ms",
                        4_980L,
                        "steadyline.barged_in",
                        true,
                        "steadyline.cut",
                        true));
        Span stt = span("stt.session", 0);
        assertThat(stt.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(stt.getStatus().getMessage()).isEqualTo("quota");
    }

    @Test
    void shouldNameServiceAndBoot() {
        try (Telemetry telemetry = telemetry(Map.of(), false)) {
            new PlayedCall(telemetry.observer(), Map.of()).playAll();
            assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
        }
        assertThat(resource())
                .containsEntry("service.name", "steadyline")
                .containsEntry("service.version", "1.2.3")
                .containsEntry("service.instance.id", "boot-7");
    }

    @Test
    void shouldLetTheEnvironmentNameTheService() {
        try (Telemetry telemetry = telemetry(
                Map.of("OTEL_SERVICE_NAME", "bot", "OTEL_RESOURCE_ATTRIBUTES", "service.version=9,stage=test"),
                false)) {
            new PlayedCall(telemetry.observer(), Map.of()).playAll();
            assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
        }
        assertThat(resource())
                .containsEntry("service.name", "bot")
                .containsEntry("service.version", "9")
                .containsEntry("stage", "test");
    }

    @Nested
    class Parent {

        @Test
        void shouldHangTheCallOnThePeersTrace() {
            try (Telemetry telemetry = telemetry(Map.of(), false)) {
                PlayedCall call = new PlayedCall(
                        telemetry.observer(), Map.of("traceparent", TRACEPARENT, "tracestate", "vendor=x"));
                call.playAll();
                assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
            }
            assertThat(hex(span("call", 0).getParentSpanId())).isEqualTo(PARENT);
            assertThat(span("call", 0).getTraceState()).isEqualTo("vendor=x");
            assertThat(receiver.spans()).allMatch(span -> hex(span.getTraceId()).equals(TRACE));
        }

        @Test
        void shouldHandTheCallsContextOn() {
            String handedOn;
            try (Telemetry telemetry = telemetry(Map.of(), false)) {
                PlayedCall call = new PlayedCall(
                        telemetry.observer(), Map.of("traceparent", TRACEPARENT, "tracestate", "vendor=x"));
                call.start();
                Map<String, String> context = telemetry.traceContext(call.callId());
                assertThat(context).containsEntry("tracestate", "vendor=x");
                handedOn = context.get("traceparent");
                call.end(10);
                assertThat(telemetry.traceContext(call.callId())).isEmpty();
                assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
            }
            assertThat(handedOn)
                    .isEqualTo("00-" + TRACE + "-" + hex(span("call", 0).getSpanId()) + "-01");
        }

        @Test
        void shouldGoOnInTheTraceOfACallsEarlierLife() {
            String earlier = "00-" + TRACE + "-" + EARLIER + "-01";
            try (Telemetry telemetry = telemetry(Map.of(), false)) {
                PlayedCall call = new PlayedCall(
                        telemetry.observer(), Map.of("traceparent", TRACEPARENT, "tracestate", "vendor=x"));
                call.startAgain(earlier, true);
                call.end(10);
                assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
            }
            Span call = span("call", 0);
            assertThat(hex(call.getTraceId())).isEqualTo(TRACE);
            assertThat(hex(call.getParentSpanId())).isEqualTo(EARLIER);
            assertThat(call.getTraceState()).isEqualTo("vendor=x");
            assertThat(attributes(call))
                    .containsEntry("steadyline.continued", "adopted")
                    .containsEntry("steadyline.since_boot", "boot-6");
            assertThat(events(call).get("adopted"))
                    .isEqualTo(Map.of(
                            "steadyline.cause",
                            "killed by SIGKILL",
                            "steadyline.gap_ms",
                            640.0,
                            "steadyline.lost.in_frames",
                            3L,
                            "steadyline.lost.out_ms",
                            120L));
        }

        @Test
        void shouldPreferTheEarlierLifeToAnotherTraceOfThePeer() {
            String earlier = "00-" + TRACE + "-" + EARLIER + "-01";
            String other = "00-" + "1".repeat(32) + "-" + PARENT + "-01";
            try (Telemetry telemetry = telemetry(Map.of(), false)) {
                PlayedCall call =
                        new PlayedCall(telemetry.observer(), Map.of("traceparent", other, "tracestate", "vendor=x"));
                call.startAgain(earlier, false);
                call.end(10);
                assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
                assertThat(telemetry.prometheusText()).contains("steadyline_trace_context_invalid_total 0.0");
            }
            assertThat(hex(span("call", 0).getTraceId())).isEqualTo(TRACE);
            assertThat(span("call", 0).getTraceState()).isEmpty();
            assertThat(attributes(span("call", 0))).containsEntry("steadyline.continued", "rejoined");
        }

        @Test
        void shouldFallBackToThePeersTraceWhenTheEarlierOneIsDamaged() {
            try (Telemetry telemetry = telemetry(Map.of(), false)) {
                PlayedCall call = new PlayedCall(telemetry.observer(), Map.of("traceparent", TRACEPARENT));
                call.startAgain("00-damaged", true);
                call.end(10);
                assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
                assertThat(telemetry.prometheusText()).contains("steadyline_trace_context_invalid_total 1.0");
            }
            assertThat(hex(span("call", 0).getParentSpanId())).isEqualTo(PARENT);
        }

        @Test
        void shouldLeadOneTraceThroughTwoBoots() {
            String journaled;
            try (Telemetry telemetry = telemetry(Map.of(), false)) {
                PlayedCall before = new PlayedCall(telemetry.observer(), Map.of());
                before.start();
                journaled = telemetry.traceparentOf(before.callId()).orElseThrow();
                // The process dies here: its span of the call is never sent.
            }
            try (Telemetry telemetry = telemetry(Map.of(), false)) {
                PlayedCall after = new PlayedCall(telemetry.observer(), Map.of());
                after.startAgain(journaled, true);
                assertThat(telemetry.traceparentOf(after.callId()).orElseThrow())
                        .startsWith(journaled.substring(0, 36))
                        .isNotEqualTo(journaled);
                after.end(10);
                assertThat(telemetry.traceparentOf(after.callId())).isEmpty();
                assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
            }
            Span call = span("call", 0);
            assertThat(journaled).startsWith("00-" + hex(call.getTraceId()) + "-" + hex(call.getParentSpanId()) + "-");
        }

        @Test
        void shouldIgnoreAndCountWhatIsNoContext() {
            try (Telemetry telemetry = telemetry(Map.of(), false)) {
                new PlayedCall(telemetry.observer(), Map.of("traceparent", "00-zz\r\n-01")).playAll();
                assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
                assertThat(telemetry.prometheusText()).contains("steadyline_trace_context_invalid_total 1.0");
            }
            assertThat(span("call", 0).getParentSpanId()).isEqualTo(ByteString.EMPTY);
        }
    }

    @Nested
    class Privacy {

        @Test
        void shouldNotExportWordsNumbersOrDigits() {
            try (Telemetry telemetry = telemetry(Map.of(), false)) {
                new PlayedCall(telemetry.observer(), Map.of("phone", PlayedCall.PHONE_NUMBER)).playAll();
                assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
            }
            assertThat(receiver.traceRequests().toString())
                    .contains("CA1")
                    .doesNotContain("4111", PlayedCall.PHONE_NUMBER, "steadyline.text");
        }

        @Test
        void shouldExportWordsAndDigitsWhenAskedTo() {
            try (Telemetry telemetry = telemetry(Map.of(), true)) {
                new PlayedCall(telemetry.observer(), Map.of("phone", PlayedCall.PHONE_NUMBER)).playAll();
                assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
            }
            assertThat(events(span("caller.turn", 0)).get("transcript"))
                    .containsEntry("steadyline.text", PlayedCall.SECRET_WORDS);
            assertThat(events(span("call", 0)).get("dtmf")).containsEntry("steadyline.text", "7");
            assertThat(receiver.traceRequests().toString()).doesNotContain(PlayedCall.PHONE_NUMBER);
        }
    }

    @Nested
    class Limits {

        @Test
        void shouldCountTheSpansThatACallHasTooMany() {
            try (Telemetry telemetry = Telemetry.start(settings(Map.of(), false), CLOCK, 10)) {
                PlayedCall call = new PlayedCall(telemetry.observer(), Map.of());
                call.start();
                for (int i = 0; i < 12; i++) {
                    call.turn(10L * i);
                }
                call.end(1_000);
                assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
                assertThat(telemetry.prometheusText()).contains("steadyline_trace_spans_refused_total 3.0");
            }
            assertThat(receiver.spans()).hasSize(10);
        }

        @Test
        void shouldHonourTheSampler() {
            try (Telemetry telemetry = telemetry(Map.of("OTEL_TRACES_SAMPLER", "always_off"), false)) {
                PlayedCall call = new PlayedCall(telemetry.observer(), Map.of("traceparent", TRACEPARENT));
                call.start();
                assertThat(telemetry.traceContext(call.callId()).get("traceparent"))
                        .startsWith("00-" + TRACE)
                        .endsWith("-00");
                call.end(10);
                assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
            }
            assertThat(receiver.spans()).isEmpty();
            assertThat(receiver.metrics()).containsKey("steadyline.calls.ended");
        }

        @Test
        void shouldSayWhichVariableIsWrong() {
            assertThatThrownBy(() -> telemetry(Map.of("OTEL_TRACES_SAMPLER", "sometimes"), false))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("otel.traces.sampler")
                    .hasMessageContaining("sometimes");
        }
    }

    @Nested
    class Errors {

        @Test
        void shouldMarkTheCallThatEndedByAnErrorOfOurs() {
            try (Telemetry telemetry = telemetry(Map.of(), false)) {
                PlayedCall call = new PlayedCall(telemetry.observer(), Map.of());
                call.start();
                call.tell(new CallMoment.CallEnded(
                        5, new CallEnd(CallEnd.Party.GATEWAY, CallEnd.Reason.INTERNAL_ERROR, "boom")));
                assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
            }
            assertThat(span("call", 0).getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        }

        @Test
        void shouldCountAnErrorWhileObservingAndGoOn() {
            try (Telemetry telemetry = telemetry(Map.of(), false)) {
                telemetry.verdictsFrom(id -> {
                    throw new IllegalStateException("no verdict today");
                });
                new PlayedCall(telemetry.observer(), Map.of()).playAll();
                assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
                assertThat(telemetry.prometheusText())
                        .contains("steadyline_observer_errors_total{part=\"metrics\"} 1.0")
                        .contains("steadyline_calls_judged_total{verdict=\"unjudged\"} 1.0");
            }
            assertThat(receiver.spans()).hasSize(9);
        }

        @Test
        void shouldTakeMomentsOfACallThatItDoesNotKnow() {
            try (Telemetry telemetry = telemetry(Map.of(), false)) {
                PlayedCall call = new PlayedCall(telemetry.observer(), Map.of());
                call.turn(1);
                call.second(0);
                call.end(5);
                assertThat(telemetry.flush(Duration.ofSeconds(20))).isTrue();
            }
            assertThat(receiver.spans()).isEmpty();
        }
    }

    private Telemetry telemetry(Map<String, String> more, boolean transcripts) {
        return Telemetry.start(settings(more, transcripts), CLOCK, Tracing.MAX_SPANS_PER_CALL);
    }

    private TelemetrySettings settings(Map<String, String> more, boolean transcripts) {
        Map<String, String> environment = new HashMap<>(receiver.environment());
        environment.putAll(more);
        return new TelemetrySettings(environment, true, transcripts, "1.2.3", "boot-7");
    }

    private Map<String, Object> resource() {
        return attributes(receiver.traceRequests()
                .getFirst()
                .getResourceSpans(0)
                .getResource()
                .getAttributesList());
    }

    /** The spans by their start, each under its parent, with times in ms since the call's start. */
    private String tree() {
        Span root = span("call", 0);
        String children = receiver.spans().stream()
                .filter(span -> span.getParentSpanId().equals(root.getSpanId()))
                .filter(span -> span.getTraceId().equals(root.getTraceId()))
                .sorted(Comparator.comparingLong(Span::getStartTimeUnixNano))
                .map(span -> "  " + line(span))
                .collect(Collectors.joining());
        return line(root) + children;
    }

    private static String line(Span span) {
        List<String> events = span.getEventsList().stream()
                .map(event -> event.getName() + "@" + toMs(event.getTimeUnixNano()))
                .toList();
        return span.getName() + " " + toMs(span.getStartTimeUnixNano()) + "-" + toMs(span.getEndTimeUnixNano()) + " "
                + events + "\n";
    }

    private static long toMs(long epochNs) {
        return (epochNs - CLOCK.epochNs()) / 1_000_000;
    }

    private Span span(String name, int index) {
        return receiver.spans().stream()
                .filter(span -> span.getName().equals(name))
                .sorted(Comparator.comparingLong(Span::getStartTimeUnixNano))
                .toList()
                .get(index);
    }

    private static Map<String, Map<String, Object>> events(Span span) {
        return span.getEventsList().stream()
                .collect(Collectors.toMap(Span.Event::getName, event -> attributes(event.getAttributesList())));
    }

    private static Map<String, Object> attributes(Span span) {
        return attributes(span.getAttributesList());
    }

    private static Map<String, Object> attributes(List<KeyValue> attributes) {
        return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, entry -> plain(entry.getValue())));
    }

    private static Object plain(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> value.getIntValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            case BOOL_VALUE -> value.getBoolValue();
            default -> value.toString();
        };
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }
}
