package io.steadyline.stt.peer;

import static io.steadyline.stt.peer.PeerTalk.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.deepgram.DeepgramVendor;
import io.steadyline.stt.vendor.Openings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeepgramPeerTest {

    private static PeerTalk talk(Map<String, String> given, String... hints) {
        DeepgramVendor vendor = new DeepgramVendor();
        return new PeerTalk(vendor, Openings.of(vendor, given, List.of(hints), ""), new DeepgramPeer());
    }

    @Test
    void shouldUnderstandOneAnotherThroughACall() {
        PeerTalk talk = talk(Map.of(), "fax").openAccepted();
        assertThat(talk.heard()).containsExactly("ready ");
        talk.audioMs(60);
        talk.keepAlive();
        assertThat(talk.audioBytes()).isEqualTo(480);
        talk.speechStarted(120);
        talk.interim(segment(1, 100, "one"));
        talk.finalText(segment(1, 100, "one", "two"));
        talk.utteranceEnded(600);
        assertThat(talk.heard())
                .containsExactly(
                        "speech started 120",
                        "interim \"one\"",
                        "final \"one two\" 100-600 0.9 [one 100-300 0.8, two 400-600 0.8]",
                        "utterance ended 600");
        talk.flush();
        talk.finalText(segment(2, 1_000, "three"));
        talk.flushed();
        assertThat(talk.heard()).containsExactly("final \"three\" 1000-1200 0.9 [three 1000-1200 0.8]", "flushed");
        talk.endOfInput();
        talk.ended(1_500);
        assertThat(talk.asked()).containsExactly("flush", "end");
        assertThat(talk.heard()).containsExactly("ended");
        assertThat(talk.closings()).containsExactly("1000 ");
    }

    @Test
    void shouldNotAnswerAFinalizeOfNothing() {
        PeerTalk talk = talk(Map.of()).openAccepted();
        talk.audioMs(60);
        talk.flush();
        talk.flushed();
        assertThat(talk.heard()).containsExactly("ready ");
    }

    @Test
    void shouldRefuseAWrongKey() {
        assertThat(talk(Map.of("key", "bad-key")).request().map(PeerRefusal::status))
                .contains(401);
        assertThat(talk(Map.of()).request(PeerDialect.Trouble.AUTH).map(PeerRefusal::status))
                .contains(401);
        assertThat(talk(Map.of()).request(PeerDialect.Trouble.QUOTA).map(PeerRefusal::status))
                .contains(402);
    }

    @ParameterizedTest
    @CsvSource({"url, wss://host/v9/listen, 404", "hints-as, keywords, 400", "model, nova-3, 0"})
    void shouldRefuseAWrongRequest(String option, String value, int status) {
        Optional<PeerRefusal> refusal = talk(Map.of(option, value), "hint").request();
        assertThat(refusal.map(PeerRefusal::status).orElse(0)).isEqualTo(status);
    }

    @Test
    void shouldRefuseRawAudioWithoutItsEncoding() {
        PeerRequest request =
                new PeerRequest("/v1/listen", Map.of("sample_rate", "8000"), Map.of("authorization", "Token good-key"));
        assertThat(new DeepgramPeer().onRequest(request, Optional.empty()).map(PeerRefusal::status))
                .contains(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"type\":\"KeepAlive\"}"})
    void shouldCloseAtBinaryThatIsNoAudio(String data) {
        PeerTalk talk = talk(Map.of()).openAccepted();
        talk.sendBinary(data.getBytes(StandardCharsets.UTF_8));
        assertThat(talk.closings()).singleElement().asString().startsWith("1008 DATA-0000");
    }

    @Test
    void shouldCloseAtTextThatIsNoControl() {
        PeerTalk talk = talk(Map.of()).openAccepted();
        talk.sendText("{\"type\":\"ForceEndTurn\"}");
        assertThat(talk.closings()).singleElement().asString().startsWith("1008 DATA-0000");
    }

    @Test
    void shouldCloseWithItsOwnCodes() {
        PeerTalk talk = talk(Map.of()).openAccepted();
        talk.trouble(PeerDialect.Trouble.IDLE);
        talk.trouble(PeerDialect.Trouble.SERVER_ERROR);
        talk.trouble(PeerDialect.Trouble.LIMIT_REACHED);
        assertThat(talk.closings().get(0)).startsWith("1011 NET-0001");
        assertThat(talk.closings().get(1)).startsWith("1011 NET-0000");
        assertThat(talk.closings().get(2)).startsWith("1001 ");
    }
}
