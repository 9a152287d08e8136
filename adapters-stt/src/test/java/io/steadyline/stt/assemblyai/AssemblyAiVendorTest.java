package io.steadyline.stt.assemblyai;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.VendorAudio;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AssemblyAiVendorTest {

    private final AssemblyAiVendor vendor = new AssemblyAiVendor();

    private Route.WebSocket route(Map<String, String> given, String... hints) {
        return (Route.WebSocket) vendor.route(Openings.of(vendor, given, List.of(hints), ""));
    }

    private List<String> problems(Map<String, String> given) {
        return CommonOptions.problems(vendor, given);
    }

    @Test
    void shouldAskForTelephoneAudioByDefault() {
        assertThat(route(Map.of()).uri())
                .hasToString("wss://streaming.assemblyai.com/v3/ws?encoding=pcm_mulaw&sample_rate=8000"
                        + "&speech_model=universal-streaming-english&format_turns=false");
    }

    @Test
    void shouldSendTheKeyAsAHeaderWithoutAScheme() {
        assertThat(route(Map.of()).headers()).containsExactly(Map.entry("Authorization", "good-key"));
        assertThat(route(Map.of()).uri().toString()).doesNotContain("good-key");
    }

    @Test
    void shouldSendListsAsJson() {
        assertThat(route(Map.of("language-codes", "en,es"), "Steady \"line\"", "fax")
                        .uri()
                        .getQuery())
                .contains("language_codes=[\"en\",\"es\"]")
                .endsWith("keyterms_prompt=[\"Steady \\\"line\\\"\",\"fax\"]");
    }

    @Test
    void shouldNameTheAudioThatIsSent() {
        Route.WebSocket route =
                (Route.WebSocket) vendor.route(Openings.withAudio(Openings.of(vendor, Map.of()), VendorAudio.L16_16K));
        assertThat(route.uri().getQuery()).startsWith("encoding=pcm_s16le&sample_rate=16000");
    }

    @Test
    void shouldTellProblems() {
        assertThat(problems(Map.of())).containsExactly("key: missing (expected: an API key of AssemblyAI)");
        assertThat(problems(Map.of("key", "k", "redact-pii-policies", "date", "max-speakers", "2")))
                .containsExactly(
                        "redact-pii-policies: date (expected: not set unless redact-pii is true)",
                        "max-speakers: 2 (expected: not set unless speaker-labels is true)");
        assertThat(problems(Map.of("key", "k"))).isEmpty();
    }

    @Test
    void shouldKeepAliveOnlyWhenItsTimeoutIsSet() {
        Traits traits = vendor.traits(Openings.options(vendor, Map.of()));
        assertThat(traits.idle()).isEqualTo(new Traits.Idle.Nothing());
        assertThat(traits.maxSession()).contains(Duration.ofHours(3));
        assertThat(traits.chunk()).isEqualTo(Duration.ofMillis(60));
        assertThat(vendor.traits(Openings.options(vendor, Map.of("inactivity-timeout", "30")))
                        .idle())
                .isEqualTo(new Traits.Idle.Message(Duration.ofSeconds(15)));
    }
}
