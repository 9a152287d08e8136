package io.steadyline.stt.gladia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Dialect.Garbled;
import io.steadyline.stt.vendor.HearingLog;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.Opening;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GladiaVendorTest {

    private final GladiaVendor vendor = new GladiaVendor();

    private Route.Prepared route(Map<String, String> more) {
        Map<String, String> given = new HashMap<>(Map.of("key", "secret"));
        given.putAll(more);
        return (Route.Prepared) vendor.route(Openings.of(vendor, given));
    }

    @Test
    void shouldAskWithTheKeyInAHeader() {
        Route.Prepared route = route(Map.of());
        assertThat(route.uri()).hasToString("https://api.gladia.io/v2/live");
        assertThat(route.headers())
                .containsEntry("x-gladia-key", "secret")
                .containsEntry("Content-Type", "application/json");
        assertThat(route.toString()).isEqualTo("https://api.gladia.io/v2/live");
        assertThat(route.body()).doesNotContain("secret");
    }

    @Test
    void shouldSayHowItHearsByDefault() throws Garbled {
        JsonNode body = Json.read(route(Map.of()).body());
        assertThat(body.path("encoding").asText()).isEqualTo("wav/ulaw");
        assertThat(body.path("bit_depth").asInt()).isEqualTo(8);
        assertThat(body.path("sample_rate").asInt()).isEqualTo(8_000);
        assertThat(body.path("channels").asInt()).isEqualTo(1);
        assertThat(body.path("model").asText()).isEqualTo("solaria-1");
        assertThat(body.path("endpointing").asDouble()).isEqualTo(0.3);
        assertThat(body.path("maximum_duration_without_endpointing").asInt()).isEqualTo(15);
        assertThat(body.path("language_config").toString())
                .isEqualTo("{\"languages\":[\"en\"],\"code_switching\":false}");
        assertThat(body.path("messages_config").path("receive_acknowledgments").asBoolean())
                .isTrue();
        assertThat(body.path("messages_config")
                        .path("receive_post_processing_events")
                        .asBoolean())
                .isFalse();
        assertThat(body.has("pre_processing")).isFalse();
        assertThat(body.has("realtime_processing")).isFalse();
    }

    @Test
    void shouldSayItsOptions() throws Garbled {
        Route.Prepared route = route(Map.of(
                "region", "eu-west",
                "languages", "de,en",
                "code-switching", "true",
                "hints", "Steadyline",
                "vocabulary-intensity", "0.6",
                "audio-enhancer", "true",
                "speech-threshold", "0.5"));
        assertThat(route.uri()).hasToString("https://api.gladia.io/v2/live?region=eu-west");
        JsonNode body = Json.read(route.body());
        assertThat(body.path("language_config").toString())
                .isEqualTo("{\"languages\":[\"de\",\"en\"],\"code_switching\":true}");
        assertThat(body.path("realtime_processing").toString())
                .isEqualTo("{\"custom_vocabulary\":true,\"custom_vocabulary_config\":{\"vocabulary\":[\"Steadyline\"],"
                        + "\"default_intensity\":0.6}}");
        assertThat(body.path("pre_processing").toString())
                .isEqualTo("{\"audio_enhancer\":true,\"speech_threshold\":0.5}");
    }

    @Test
    void shouldGoWhereTheAnswerSaysAndKeepItsTokenHidden() throws Garbled {
        Route.WebSocket socket =
                route(Map.of()).next().webSocket("{\"id\":\"s\",\"url\":\"wss://api.gladia.io/v2/live?token=t\"}");
        assertThat(socket.uri()).hasToString("wss://api.gladia.io/v2/live?token=t");
        assertThat(socket.toString()).doesNotContain("token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"id\":\"s\",\"url\":\"ws://api.gladia.io/v2/live?token=t\"}",
                "{\"id\":\"s\",\"url\":\"https://api.gladia.io/v2/live?token=t\"}",
                "{\"id\":\"s\",\"url\":\"wss:///v2/live?token=t\"}",
                "{\"id\":\"s\",\"url\":\"wss://a b?token=t\"}",
            })
    void shouldNotGoAnywhereElse(String answer) {
        assertThatExceptionOfType(Garbled.class)
                .isThrownBy(() -> route(Map.of()).next().webSocket(answer))
                .withMessageNotContaining("token=t");
    }

    @Test
    void shouldGoOnWhereTheAnswerOfTheSameOpeningNamed() throws Garbled {
        Opening first = Openings.of(vendor, Map.of("key", "secret"));
        Opening second = Openings.of(vendor, Map.of("key", "secret"));
        Dialect dialect = vendor.dialect(first);
        Dialect other = vendor.dialect(second);
        ((Route.Prepared) vendor.route(first))
                .next()
                .webSocket("{\"id\":\"s1\",\"url\":\"wss://api.gladia.io/v2/live?token=t\"}");
        HearingLog hearing = new HearingLog();
        dialect.onOpened(new OutletLog(), hearing);
        other.onOpened(new OutletLog(), hearing);
        assertThat(hearing.lines()).containsExactly("ready s1", "ready ");
        assertThat(dialect.resumption()).isPresent();
        assertThat(other.resumption()).isEmpty();
    }

    @Test
    void shouldTakeTelephoneAudioAndResume() {
        Traits traits = vendor.traits(new Options(CommonOptions.of(vendor), Map.of("resume", "true")));
        assertThat(traits.audio()).startsWith(VendorAudio.MULAW_8K, VendorAudio.ALAW_8K);
        assertThat(traits.maxSession()).hasValue(Duration.ofHours(3));
        assertThat(traits.resumes() && traits.endpointing() && traits.speechEvents())
                .isTrue();
        assertThat(traits.flushes()).isFalse();
        assertThat(vendor.traits(new Options(CommonOptions.of(vendor), Map.of()))
                        .resumes())
                .isFalse();
    }

    @Test
    void shouldMissItsKey() {
        assertThat(CommonOptions.problems(vendor, Map.of()))
                .containsExactly("key: missing (expected: an API key of Gladia)");
        assertThat(CommonOptions.problems(vendor, Map.of("key", "k"))).isEmpty();
    }
}
