package io.steadyline.stt.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.VendorAudio;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OpenAiVendorTest {

    private final OpenAiVendor vendor = new OpenAiVendor();

    private Route.WebSocket route(Map<String, String> given) {
        return (Route.WebSocket) vendor.route(Openings.of(vendor, given));
    }

    private String update(Map<String, String> given, String... hints) {
        return SessionUpdate.of(Openings.of(vendor, given, List.of(hints), ""));
    }

    @Test
    void shouldAskForATranscriptionAndNameNoModelInTheAddress() {
        assertThat(route(Map.of()).uri()).hasToString("wss://api.openai.com/v1/realtime?intent=transcription");
    }

    @Test
    void shouldSendTheKeyAsAHeaderOnly() {
        assertThat(route(Map.of()).headers()).containsExactly(Map.entry("Authorization", "Bearer good-key"));
        assertThat(route(Map.of("organization", "o", "project", "p")).headers())
                .containsEntry("OpenAI-Organization", "o")
                .containsEntry("OpenAI-Project", "p");
    }

    @Test
    void shouldTellProblems() {
        assertThat(CommonOptions.problems(vendor, Map.of()))
                .containsExactly("key: missing (expected: an API key of OpenAI)");
        assertThat(CommonOptions.problems(vendor, Map.of("key", "k", "model", "gpt-realtime-whisper")))
                .containsExactly("turn-detection: server_vad (expected: none with model gpt-realtime-whisper)");
        assertThat(CommonOptions.problems(vendor, Map.of("key", "k", "delay", "low", "eagerness", "low")))
                .containsExactly(
                        "delay: low (expected: not set with model gpt-4o-transcribe)",
                        "eagerness: low (expected: not set unless turn-detection is semantic_vad)");
        assertThat(CommonOptions.problems(vendor, Map.of("key", "k"))).isEmpty();
    }

    @Test
    void shouldLeaveTheEndsOfUtterancesToWhoeverCommits() {
        Traits vad = vendor.traits(Openings.options(vendor, Map.of()));
        assertThat(vad.endpointing()).isTrue();
        assertThat(vad.speechEvents()).isTrue();
        assertThat(vad.maxSession()).contains(Duration.ofMinutes(60));
        Traits manual = vendor.traits(Openings.options(vendor, Map.of("turn-detection", "none")));
        assertThat(manual.endpointing()).isFalse();
        assertThat(manual.speechEvents()).isFalse();
        assertThat(manual.flushes()).isTrue();
    }

    @Nested
    class Update {
        @Test
        void shouldDescribeTelephoneAudioByDefault() {
            assertThat(update(Map.of()))
                    .isEqualTo(
                            "{\"type\":\"session.update\",\"session\":{\"type\":\"transcription\",\"audio\":{\"input\":{"
                                + "\"format\":{\"type\":\"audio/pcmu\"},"
                                + "\"transcription\":{\"model\":\"gpt-4o-transcribe\",\"language\":\"en\"},"
                                + "\"turn_detection\":{\"type\":\"server_vad\",\"threshold\":0.5,"
                                + "\"prefix_padding_ms\":300,\"silence_duration_ms\":500}}}}}");
        }

        @Test
        void shouldNameTheAudioThatIsSent() {
            assertThat(SessionUpdate.of(Openings.withAudio(Openings.of(vendor, Map.of()), VendorAudio.ALAW_8K)))
                    .contains("\"format\":{\"type\":\"audio/pcma\"}");
        }

        @Test
        void shouldWriteNoTurnDetectionAsNull() {
            assertThat(update(Map.of("turn-detection", "none"))).contains("\"turn_detection\":null");
            assertThat(update(Map.of("turn-detection", "semantic_vad", "eagerness", "high")))
                    .contains("\"turn_detection\":{\"type\":\"semantic_vad\",\"eagerness\":\"high\"}");
        }

        @Test
        void shouldPutHintsWhereTheModelTakesThem() {
            assertThat(update(Map.of("prompt", "An order."), "fax", "line"))
                    .contains("\"prompt\":\"An order. fax, line\"")
                    .doesNotContain("keywords");
            assertThat(update(Map.of("prompt", "An order.", "model", "gpt-transcribe"), "fax", "line"))
                    .contains("\"keywords\":[\"fax\",\"line\"]", "\"prompt\":\"An order.\"");
            assertThat(update(Map.of("hints-as", "keywords"), "fax")).contains("\"keywords\":[\"fax\"]");
        }

        @Test
        void shouldSendWhatIsSet() {
            assertThat(update(Map.of(
                            "languages", "en,es", "noise-reduction", "near_field", "logprobs", "true", "delay", "low")))
                    .contains(
                            "\"languages\":[\"en\",\"es\"]",
                            "\"noise_reduction\":{\"type\":\"near_field\"}",
                            "\"include\":[\"item.input_audio_transcription.logprobs\"]",
                            "\"delay\":\"low\"")
                    .doesNotContain("\"language\":");
        }
    }
}
