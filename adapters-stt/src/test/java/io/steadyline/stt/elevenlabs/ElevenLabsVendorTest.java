package io.steadyline.stt.elevenlabs;

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

class ElevenLabsVendorTest {

    private final ElevenLabsVendor vendor = new ElevenLabsVendor();

    private Route.WebSocket route(Map<String, String> given, String... hints) {
        return (Route.WebSocket) vendor.route(Openings.of(vendor, given, List.of(hints), ""));
    }

    @Test
    void shouldAskForTelephoneAudioByDefault() {
        assertThat(route(Map.of(), "Steady line", "fax").uri())
                .hasToString("wss://api.elevenlabs.io/v1/speech-to-text/realtime?model_id=scribe_v2_realtime"
                        + "&audio_format=ulaw_8000&language_code=en&commit_strategy=manual&include_timestamps=true"
                        + "&keyterms=Steady%20line&keyterms=fax");
    }

    @Test
    void shouldSendTheKeyAsAHeaderOnly() {
        assertThat(route(Map.of()).headers()).containsExactly(Map.entry("xi-api-key", "good-key"));
        assertThat(route(Map.of()).uri().toString()).doesNotContain("good-key");
    }

    @Test
    void shouldNameTheAudioThatIsSent() {
        Route.WebSocket route =
                (Route.WebSocket) vendor.route(Openings.withAudio(Openings.of(vendor, Map.of()), VendorAudio.L16_16K));
        assertThat(route.uri().getQuery()).contains("audio_format=pcm_16000");
    }

    @Test
    void shouldSendWhatBelongsToVad() {
        assertThat(route(Map.of("commit-strategy", "vad", "vad-silence-threshold-secs", "0.5"))
                        .uri()
                        .getQuery())
                .contains("commit_strategy=vad", "vad_silence_threshold_secs=0.5");
    }

    @Test
    void shouldTellProblems() {
        assertThat(CommonOptions.problems(vendor, Map.of()))
                .containsExactly("key: missing (expected: an API key of ElevenLabs)");
        assertThat(CommonOptions.problems(vendor, Map.of("key", "k", "vad-threshold", "0.5")))
                .containsExactly("vad-threshold: 0.5 (expected: not set unless commit-strategy is vad)");
        assertThat(CommonOptions.problems(vendor, Map.of("key", "k", "vad-threshold", "0.5", "commit-strategy", "vad")))
                .isEmpty();
    }

    @Test
    void shouldLeaveTheEndsOfUtterancesToWhoeverCommits() {
        Traits manual = vendor.traits(Openings.options(vendor, Map.of()));
        assertThat(manual.flushes()).isTrue();
        assertThat(manual.endpointing()).isFalse();
        assertThat(manual.idle()).isEqualTo(new Traits.Idle.Message(Duration.ofSeconds(10)));
        Traits vad = vendor.traits(
                Openings.options(vendor, Map.of("commit-strategy", "vad", "include-timestamps", "false")));
        assertThat(vad.flushes()).isFalse();
        assertThat(vad.endpointing()).isTrue();
        assertThat(vad.words()).isFalse();
    }
}
