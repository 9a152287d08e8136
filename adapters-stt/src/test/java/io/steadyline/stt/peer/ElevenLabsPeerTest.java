package io.steadyline.stt.peer;

import static io.steadyline.stt.peer.PeerTalk.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.elevenlabs.ElevenLabsVendor;
import io.steadyline.stt.vendor.Openings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElevenLabsPeerTest {

    private static PeerTalk talk(Map<String, String> given) {
        ElevenLabsVendor vendor = new ElevenLabsVendor();
        return new PeerTalk(vendor, Openings.of(vendor, given, List.of("fax"), "hello"), new ElevenLabsPeer());
    }

    @Test
    void shouldUnderstandOneAnotherWhenTheClientCommits() {
        PeerTalk talk = talk(Map.of()).openAccepted();
        assertThat(talk.heard()).containsExactly("ready peer-4");
        talk.keepAlive();
        talk.audioMs(400);
        assertThat(talk.audioBytes()).isEqualTo(3_200);
        talk.interim(segment(1, 100, "one"));
        talk.finalText(segment(1, 100, "one", "two"));
        talk.interim(segment(2, 1_000, "three"));
        assertThat(talk.heard()).containsExactly("interim \"one\"", "interim \"one two three\"");
        talk.flush();
        talk.finalText(segment(2, 1_000, "three"));
        talk.flushed();
        assertThat(talk.heard())
                .containsExactly(
                        "final \"one two three\" 100-1200 [one 100-300 1.0, two 400-600 1.0, three 1000-1200 1.0]",
                        "flushed");
        talk.audioMs(100);
        talk.endOfInput();
        talk.finalText(segment(3, 1_500, "four"));
        talk.flushed();
        assertThat(talk.audioBytes()).isEqualTo(3_200 + 2_400);
        assertThat(talk.asked()).containsExactly("flush", "flush");
        assertThat(talk.heard()).containsExactly("final \"four\" 1500-1700 [four 1500-1700 1.0]", "ended");
        assertThat(talk.closings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void shouldUnderstandOneAnotherWhenTheVendorCommits(String timestamps) {
        PeerTalk talk = talk(Map.of("commit-strategy", "vad", "include-timestamps", timestamps))
                .openAccepted();
        talk.heard();
        talk.audioMs(100);
        talk.finalText(segment(1, 100, "one"));
        talk.utteranceEnded(300);
        assertThat(talk.heard()).hasSize(2).last().asString().startsWith("utterance ended");
        talk.endOfInput();
        talk.flushed();
        assertThat(talk.asked()).containsExactly("flush");
        assertThat(talk.heard()).containsExactly("ended");
    }

    @Test
    void shouldNotTakeACommitOfTooLittle() {
        PeerTalk talk = talk(Map.of("min-commit-ms", "0")).openAccepted();
        talk.heard();
        talk.audioMs(100);
        talk.flush();
        assertThat(talk.heard()).containsExactly("warned commit_throttled: too little uncommitted audio", "flushed");
    }

    @ParameterizedTest
    @CsvSource({"key, bad-key, failed AUTH auth_error", "model, nova-3, failed CONFIG input_error"})
    void shouldRefuseAWrongRequestAfterTheUpgrade(String option, String value, String heard) {
        PeerTalk talk = talk(Map.of(option, value)).openAccepted();
        assertThat(talk.heard()).containsExactly(heard);
        assertThat(talk.closings()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "{\"message_type\":\"commit\"}",
                "{\"message_type\":\"input_audio_chunk\",\"audio_base_64\":\"\",\"commit\":false,\"sample_rate\":16000}",
                "{\"message_type\":\"input_audio_chunk\",\"audio_base_64\":\"*\",\"commit\":false,\"sample_rate\":8000}",
                "{\"message_type\":\"input_audio_chunk\",\"audio_base_64\":\"\",\"sample_rate\":8000}"
            })
    void shouldRefuseWhatIsNoChunk(String text) {
        PeerTalk talk = talk(Map.of()).openAccepted();
        talk.heard();
        talk.sendText(text);
        assertThat(talk.heard()).containsExactly("failed CONFIG input_error");
    }

    @Test
    void shouldRefuseBinaryAndChunksThatAreTooLong() {
        PeerTalk talk = talk(Map.of()).openAccepted();
        talk.heard();
        talk.sendBinary(new byte[160]);
        talk.audioMs(1_001);
        assertThat(talk.heard()).containsExactly("failed CONFIG input_error", "failed AUDIO chunk_size_exceeded");
    }

    @ParameterizedTest
    @CsvSource({
        "AUTH, failed AUTH auth_error",
        "QUOTA, failed QUOTA quota_exceeded",
        "LIMIT_REACHED, failed EXPIRED session_time_limit_exceeded",
        "SERVER_ERROR, failed TRANSIENT transcriber_error",
        "IDLE, failed IDLE insufficient_audio_activity"
    })
    void shouldFailWithItsOwnTypes(PeerDialect.Trouble trouble, String heard) {
        PeerTalk talk = talk(Map.of()).openAccepted();
        talk.heard();
        talk.trouble(trouble);
        assertThat(talk.heard()).containsExactly(heard);
    }
}
