package io.steadyline.stt.peer;

import static io.steadyline.stt.peer.PeerTalk.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.assemblyai.AssemblyAiVendor;
import io.steadyline.stt.vendor.Openings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssemblyAiPeerTest {

    private static PeerTalk talk(Map<String, String> given) {
        AssemblyAiVendor vendor = new AssemblyAiVendor();
        return new PeerTalk(
                vendor,
                Openings.of(vendor, given, List.of("fax"), ""),
                new AssemblyAiPeer(Openings.AT.plusSeconds(10_800).getEpochSecond()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void shouldUnderstandOneAnotherThroughACall(String formatTurns) {
        PeerTalk talk = talk(Map.of("format-turns", formatTurns)).openAccepted();
        assertThat(talk.heard()).containsExactly("ready peer-3", "expires in 10800 s");
        talk.audioMs(20);
        talk.audioMs(20);
        talk.audioMs(20);
        talk.keepAlive();
        assertThat(talk.audioBytes()).isEqualTo(480);
        talk.speechStarted(120);
        talk.interim(segment(1, 100, "one"));
        assertThat(talk.heard()).containsExactly("speech started 120", "interim \"one\"");
        talk.finalText(segment(1, 100, "one", "two"));
        talk.utteranceEnded(600);
        assertThat(talk.heard())
                .endsWith("final \"one two\" 100-600 [one 100-300 0.8, two 400-600 0.8]", "utterance ended 600")
                .filteredOn(line -> line.startsWith("final"))
                .hasSize(1);
        talk.interim(segment(2, 1_000, "three"));
        talk.flush();
        talk.finalText(segment(2, 1_000, "three"));
        talk.flushed();
        assertThat(talk.heard())
                .endsWith("final \"three\" 1000-1200 [three 1000-1200 0.8]", "utterance ended 1200", "flushed");
        talk.audioMs(20);
        talk.endOfInput();
        talk.ended(1_500);
        assertThat(talk.audioBytes()).isEqualTo(480 + 400);
        assertThat(talk.asked()).containsExactly("flush", "end");
        assertThat(talk.heard()).containsExactly("ended");
        assertThat(talk.closings()).containsExactly("1000 ");
    }

    @ParameterizedTest
    @CsvSource({"key, bad-key, failed AUTH 1008", "speech-model, nova-3, failed CONFIG 3006"})
    void shouldRefuseAWrongRequestAfterTheUpgrade(String option, String value, String heard) {
        PeerTalk talk = talk(Map.of(option, value)).openAccepted();
        assertThat(talk.heard()).containsExactly(heard);
        assertThat(talk.closings()).hasSize(1);
    }

    @Test
    void shouldNotKnowAnotherPath() {
        assertThat(talk(Map.of("url", "wss://host/v2/ws")).request().map(PeerRefusal::status))
                .contains(404);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 160, 399, 8_009})
    void shouldRefuseAudioOfAWrongDuration(int bytes) {
        PeerTalk talk = talk(Map.of()).openAccepted();
        talk.heard();
        talk.sendBinary(new byte[bytes]);
        assertThat(talk.heard()).containsExactly("failed AUDIO 3007");
        assertThat(talk.closings()).singleElement().asString().startsWith("3007 ");
    }

    @Test
    void shouldRefuseTextThatItDoesNotKnow() {
        PeerTalk talk = talk(Map.of()).openAccepted();
        talk.heard();
        talk.sendText("{\"type\":\"Finalize\"}");
        assertThat(talk.heard()).containsExactly("failed CONFIG 4101");
    }

    @ParameterizedTest
    @CsvSource({
        "AUTH, failed AUTH 1008",
        "QUOTA, failed QUOTA 4002",
        "LIMIT_REACHED, failed EXPIRED 3008",
        "SERVER_ERROR, failed TRANSIENT 3005",
        "IDLE, failed IDLE 4031"
    })
    void shouldFailWithItsOwnCodes(PeerDialect.Trouble trouble, String heard) {
        PeerTalk talk = talk(Map.of()).openAccepted();
        talk.heard();
        talk.trouble(trouble);
        assertThat(talk.heard()).containsExactly(heard);
        assertThat(talk.closings()).hasSize(1);
    }
}
