package io.steadyline.stt.soniox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Dialect.Garbled;
import io.steadyline.stt.vendor.HearingLog;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.OutletLog;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.VendorAudio;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SonioxVendorTest {

    private final SonioxVendor vendor = new SonioxVendor();

    private JsonNode start(Map<String, String> more) throws Garbled {
        Map<String, String> given = new HashMap<>(Map.of("key", "secret"));
        given.putAll(more);
        OutletLog out = new OutletLog();
        vendor.dialect(Openings.of(vendor, given)).onOpened(out, new HearingLog());
        return Json.read(out.take().getFirst());
    }

    private Route.WebSocket route(String auth) {
        return (Route.WebSocket) vendor.route(Openings.of(vendor, Map.of("key", "secret", "auth", auth)));
    }

    private Traits traits(Map<String, String> given) {
        return vendor.traits(new Options(CommonOptions.of(vendor), given));
    }

    @Test
    void shouldSendTheKeyWhereItIsToldTo() throws Garbled {
        assertThat(route("header").uri()).hasToString("wss://stt-rt.soniox.com/transcribe-websocket");
        assertThat(route("header").headers()).containsExactly(Map.entry("Authorization", "Bearer secret"));
        assertThat(route("header").subprotocols()).isEmpty();
        assertThat(route("subprotocol").headers()).isEmpty();
        assertThat(route("subprotocol").subprotocols()).containsExactly("soniox-api-key", "secret");
        assertThat(route("field").headers()).isEmpty();
        assertThat(route("field").subprotocols()).isEmpty();
        assertThat(start(Map.of("auth", "field")).path("api_key").asText()).isEqualTo("secret");
        assertThat(start(Map.of()).has("api_key")).isFalse();
    }

    @Test
    void shouldSayHowItHearsByDefault() throws Garbled {
        assertThat(start(Map.of()).toString())
                .isEqualTo(
                        "{\"model\":\"stt-rt-v5\",\"audio_format\":\"mulaw\",\"sample_rate\":8000,\"num_channels\":1,"
                                + "\"language_hints\":[\"en\"],\"enable_endpoint_detection\":true,"
                                + "\"max_endpoint_delay_ms\":1000,\"enable_language_identification\":false,"
                                + "\"enable_speaker_diarization\":false,\"client_reference_id\":\"session-1\"}");
    }

    @Test
    void shouldSayItsOptions() throws Garbled {
        JsonNode start = start(Map.of(
                "mulaw-format", "pcm_mulaw",
                "language-hints", "de,en",
                "language-hints-strict", "true",
                "endpoint-sensitivity", "-0.5",
                "endpoint-latency-adjustment-level", "2",
                "context-general", "domain=Health care, topic = Diabetes",
                "context-text", "An order.",
                "hints", "Steadyline"));
        assertThat(start.path("audio_format").asText()).isEqualTo("pcm_mulaw");
        assertThat(start.path("language_hints").toString()).isEqualTo("[\"de\",\"en\"]");
        assertThat(start.path("language_hints_strict").asBoolean()).isTrue();
        assertThat(start.path("endpoint_sensitivity").asDouble()).isEqualTo(-0.5);
        assertThat(start.path("endpoint_latency_adjustment_level").asInt()).isEqualTo(2);
        assertThat(start.path("context").toString())
                .isEqualTo("{\"general\":[{\"key\":\"domain\",\"value\":\"Health"
                        + " care\"},{\"key\":\"topic\",\"value\":\"Diabetes\"}],\"text\":\"An"
                        + " order.\",\"terms\":[\"Steadyline\"]}");
    }

    @Test
    void shouldAskForTrailingSilenceAtAFlush() {
        OutletLog out = new OutletLog();
        vendor.dialect(Openings.of(vendor, Map.of("trailing-silence-ms", "300")))
                .flush(out);
        assertThat(out.take()).containsExactly("{\"type\":\"finalize\",\"trailing_silence_ms\":300}");
    }

    @Test
    void shouldLeaveTheEndOfAnUtteranceToTheGatewayWhenItIsToldTo() throws Garbled {
        Map<String, String> off = Map.of("enable-endpoint-detection", "false");
        assertThat(traits(off).endpointing()).isFalse();
        assertThat(start(off).has("max_endpoint_delay_ms")).isFalse();
        assertThat(traits(Map.of()).endpointing()).isTrue();
    }

    @Test
    void shouldTakeTelephoneAudioAndFlush() {
        Traits traits = traits(Map.of());
        assertThat(traits.audio()).startsWith(VendorAudio.MULAW_8K, VendorAudio.ALAW_8K);
        assertThat(traits.maxSession()).hasValue(Duration.ofHours(5));
        assertThat(traits.idle())
                .isInstanceOfSatisfying(
                        Traits.Idle.Message.class,
                        message -> assertThat(message.every()).isLessThan(Duration.ofSeconds(20)));
        assertThat(traits.flushes() && traits.words()).isTrue();
        assertThat(traits.resumes() || traits.speechEvents()).isFalse();
    }

    @Test
    void shouldTellProblems() {
        assertThat(CommonOptions.problems(vendor, Map.of()))
                .containsExactly("key: missing (expected: an API key of Soniox)");
        assertThat(CommonOptions.problems(vendor, Map.of("key", "k", "context-general", "domain")))
                .containsExactly("context-general: domain (expected: key=value)");
        assertThat(CommonOptions.problems(vendor, Map.of("key", "k"))).isEmpty();
    }
}
