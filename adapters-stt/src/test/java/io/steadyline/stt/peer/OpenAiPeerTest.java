package io.steadyline.stt.peer;

import static io.steadyline.stt.peer.PeerTalk.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.openai.OpenAiVendor;
import io.steadyline.stt.vendor.Openings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiPeerTest {

    private static PeerTalk talk(Map<String, String> given) {
        OpenAiVendor vendor = new OpenAiVendor();
        return new PeerTalk(
                vendor,
                Openings.of(vendor, given, List.of("fax"), ""),
                new OpenAiPeer(Openings.AT.plusSeconds(3_600).getEpochSecond()));
    }

    @Test
    void shouldUnderstandOneAnotherWhenTheVendorFindsTheTurns() {
        PeerTalk talk = talk(Map.of()).openAccepted();
        assertThat(talk.heard()).containsExactly("ready peer-5", "expires in 3600 s");
        talk.audioMs(400);
        assertThat(talk.audioBytes()).isEqualTo(3_200);
        talk.speechStarted(120);
        talk.interim(segment(1, 100, "one"));
        talk.interim(segment(1, 100, "one", "two"));
        talk.finalText(segment(1, 100, "one", "two"));
        talk.utteranceEnded(600);
        assertThat(talk.heard())
                .containsExactly(
                        "speech started 120",
                        "interim \"one\"",
                        "interim \"one two\"",
                        "speech ended 600",
                        "final \"one two\" 120-600 []",
                        "utterance ended 600");
        talk.audioMs(400);
        talk.flush();
        talk.finalText(segment(2, 1_000, "three"));
        talk.flushed();
        assertThat(talk.heard()).containsExactly("final \"three\" -1-800 []", "utterance ended 800", "flushed");
        talk.audioMs(400);
        talk.endOfInput();
        talk.flushed();
        assertThat(talk.heard()).containsExactly("flushed", "ended");
        assertThat(talk.asked()).containsExactly("flush", "flush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt-4o-transcribe", "gpt-realtime-whisper"})
    void shouldUnderstandOneAnotherWhenTheClientCommits(String model) {
        PeerTalk talk = talk(Map.of("model", model, "turn-detection", "none")).openAccepted();
        talk.heard();
        talk.audioMs(400);
        talk.speechStarted(120);
        talk.interim(segment(1, 100, "one"));
        talk.finalText(segment(1, 100, "one"));
        talk.interim(segment(2, 1_000, "three"));
        assertThat(talk.heard()).containsExactly("interim \"one\"", "interim \"one three\"");
        talk.flush();
        talk.finalText(segment(2, 1_000, "three"));
        talk.flushed();
        assertThat(talk.heard()).containsExactly("final \"one three\" -1-400 []", "flushed");
        talk.endOfInput();
        assertThat(talk.closings()).containsExactly("client");
    }

    @Test
    void shouldNotTakeACommitOfTooLittle() {
        PeerTalk talk = talk(Map.of("min-commit-ms", "0")).openAccepted();
        talk.heard();
        talk.audioMs(99);
        talk.flush();
        assertThat(talk.asked()).isEmpty();
        assertThat(talk.heard()).containsExactly("flushed");
    }

    @ParameterizedTest
    @CsvSource({
        "key, bad-key, 401",
        "url, wss://host/v1/chat, 404",
        "url, wss://host/v1/realtime?model=gpt-realtime, 400",
        "prompt, hello, 0"
    })
    void shouldRefuseAWrongRequest(String option, String value, int status) {
        assertThat(talk(Map.of(option, value))
                        .request()
                        .map(PeerRefusal::status)
                        .orElse(0))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"model, nova-3", "model, gpt-realtime-whisper"})
    void shouldNotTakeAWrongConfiguration(String option, String value) {
        assertThat(talk(Map.of(option, value)).openAccepted().heard()).containsExactly("failed CONFIG invalid_value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "{\"type\":\"transcription_session.update\"}",
                "{\"type\":\"input_audio_buffer.append\",\"audio\":\"*\"}",
                "{\"type\":\"input_audio_buffer.append\"}"
            })
    void shouldRemarkWhatItCannotRead(String text) {
        PeerTalk talk = talk(Map.of()).openAccepted();
        talk.heard();
        talk.sendText(text);
        assertThat(talk.heard()).singleElement().asString().startsWith("warned ");
    }

    @Test
    void shouldCloseAtBinary() {
        PeerTalk talk = talk(Map.of()).openAccepted();
        talk.sendBinary(new byte[160]);
        assertThat(talk.closings()).singleElement().asString().startsWith("1003 ");
    }

    @Test
    void shouldFailWithItsOwnCodes() {
        assertThat(talk(Map.of()).request(PeerDialect.Trouble.AUTH).map(PeerRefusal::status))
                .contains(401);
        assertThat(talk(Map.of()).request(PeerDialect.Trouble.QUOTA).map(PeerRefusal::status))
                .contains(429);
        PeerTalk talk = talk(Map.of()).openAccepted();
        talk.heard();
        talk.trouble(PeerDialect.Trouble.LIMIT_REACHED);
        talk.trouble(PeerDialect.Trouble.SERVER_ERROR);
        assertThat(talk.heard()).containsExactly("failed EXPIRED session_expired", "failed TRANSIENT internal");
        assertThat(talk.closings()).containsExactly("1001 session_expired", "1011 ");
    }
}
