package io.steadyline.stt.speechmatics;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.HearingLog;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.OutletLog;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.VendorAudio;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpeechmaticsVendorTest {

    private final SpeechmaticsVendor vendor = new SpeechmaticsVendor();

    private String start(Map<String, String> given) {
        return start(Openings.of(vendor, given));
    }

    private String start(Opening opening) {
        OutletLog out = new OutletLog();
        vendor.dialect(opening).onOpened(out, new HearingLog());
        return out.take().getFirst();
    }

    private Traits traits(Map<String, String> given) {
        return vendor.traits(new Options(CommonOptions.of(vendor), given));
    }

    @Test
    void shouldGoToEuropeWithTheKeyInAHeader() {
        Route.WebSocket route = (Route.WebSocket) vendor.route(Openings.of(vendor, Map.of("key", "secret")));
        assertThat(route.uri()).hasToString("wss://eu.rt.speechmatics.com/v2/");
        assertThat(route.headers()).containsExactly(Map.entry("Authorization", "Bearer secret"));
        assertThat(route.toString()).doesNotContain("secret");
    }

    @Test
    void shouldSayHowItHearsByDefault() {
        assertThat(start(Map.of("key", "secret")))
                .isEqualTo("{\"message\":\"StartRecognition\","
                        + "\"audio_format\":{\"type\":\"raw\",\"encoding\":\"mulaw\",\"sample_rate\":8000},"
                        + "\"transcription_config\":{\"language\":\"en\",\"operating_point\":\"enhanced\","
                        + "\"enable_partials\":true,\"max_delay\":1.0,\"max_delay_mode\":\"flexible\","
                        + "\"conversation_config\":{\"end_of_utterance_silence_trigger\":0.6}}}");
    }

    @Test
    void shouldSayItsOptions() {
        assertThat(start(Map.of(
                        "language-pack", "cmn",
                        "model", "new",
                        "domain", "finance",
                        "output-locale", "en-GB",
                        "enable-entities", "true",
                        "diarization", "speaker",
                        "hints", "Steadyline, mu-law")))
                .contains(
                        "\"language\":\"cmn\"",
                        "\"model\":\"new\"",
                        "\"domain\":\"finance\"",
                        "\"output_locale\":\"en-GB\"",
                        "\"enable_entities\":true",
                        "\"diarization\":\"speaker\"",
                        "\"additional_vocab\":[{\"content\":\"Steadyline\"},{\"content\":\"mu-law\"}]")
                .doesNotContain("operating_point");
    }

    @Test
    void shouldTakeLinearAudioToo() {
        Opening mulaw = Openings.of(vendor, Map.of());
        Opening linear = new Opening(
                mulaw.sessionId(),
                1,
                VendorAudio.L16_16K,
                mulaw.options(),
                mulaw.language(),
                mulaw.hints(),
                "",
                mulaw.at());
        assertThat(start(linear)).contains("\"encoding\":\"pcm_s16le\",\"sample_rate\":16000");
    }

    @Test
    void shouldTakeMulawAndFlush() {
        Traits traits = traits(Map.of());
        assertThat(traits.audio()).startsWith(VendorAudio.MULAW_8K).doesNotContain(VendorAudio.ALAW_8K);
        assertThat(traits.maxSession()).hasValue(Duration.ofDays(2));
        assertThat(traits.flushes() && traits.endpointing() && traits.words()).isTrue();
        assertThat(traits.resumes() || traits.speechEvents()).isFalse();
    }

    @Test
    void shouldLeaveTheEndOfAnUtteranceToTheGatewayWithoutATrigger() {
        assertThat(traits(Map.of("end-of-utterance-silence-trigger", "0")).endpointing())
                .isFalse();
    }

    @Test
    void shouldTellProblems() {
        assertThat(CommonOptions.problems(vendor, Map.of()))
                .containsExactly("key: missing (expected: an API key of Speechmatics)");
        assertThat(CommonOptions.problems(vendor, Map.of("key", "k", "end-of-utterance-silence-trigger", "1")))
                .containsExactly("end-of-utterance-silence-trigger: 1 (expected: less than max-delay, which is 1)");
        assertThat(CommonOptions.problems(vendor, Map.of("key", "k"))).isEmpty();
    }
}
