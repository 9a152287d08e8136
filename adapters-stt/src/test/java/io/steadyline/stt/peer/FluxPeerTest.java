package io.steadyline.stt.peer;

import static io.steadyline.stt.peer.PeerTalk.segment;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.deepgram.FluxVendor;
import io.steadyline.stt.vendor.Openings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FluxPeerTest {

    private static PeerTalk talk(Map<String, String> given) {
        FluxVendor vendor = new FluxVendor();
        return new PeerTalk(vendor, Openings.of(vendor, given, List.of("fax"), ""), new FluxPeer());
    }

    @Test
    void shouldUnderstandOneAnotherThroughACall() {
        PeerTalk talk = talk(Map.of()).openAccepted();
        assertThat(talk.heard()).containsExactly("ready peer-2");
        talk.audioMs(80);
        assertThat(talk.audioBytes()).isEqualTo(640);
        talk.speechStarted(120);
        talk.interim(segment(1, 100, "one"));
        talk.finalText(segment(1, 100, "one", "two"));
        talk.utteranceEnded(600);
        assertThat(talk.heard())
                .containsExactly(
                        "speech started 120",
                        "interim \"one\"",
                        "final \"one two\" 100-600 [one -1--1 0.8, two -1--1 0.8]",
                        "utterance ended 600");
        talk.interim(segment(2, 1_000, "three"));
        talk.flush();
        talk.finalText(segment(2, 1_000, "three"));
        talk.flushed();
        assertThat(talk.heard())
                .containsExactly(
                        "interim \"three\"",
                        "final \"three\" 1000-1200 [three -1--1 0.8]",
                        "utterance ended 1200",
                        "flushed");
        talk.endOfInput();
        talk.ended(1_500);
        assertThat(talk.asked()).containsExactly("flush", "end");
        assertThat(talk.closings()).containsExactly("1000 ");
    }

    @Test
    void shouldIgnoreAForcedEndWhenNoTurnIsOpen() {
        PeerTalk talk = talk(Map.of()).openAccepted();
        talk.flush();
        assertThat(talk.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "key, bad-key, 401",
        "url, wss://host/v1/listen, 404",
        "model, nova-3, 400",
        "model, flux-general-multi, 0"
    })
    void shouldRefuseAWrongRequest(String option, String value, int status) {
        assertThat(talk(Map.of(option, value))
                        .request()
                        .map(PeerRefusal::status)
                        .orElse(0))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"KeepAlive", "Finalize"})
    void shouldNotKnowTheMessagesOfTheOtherInterface(String type) {
        PeerTalk talk = talk(Map.of()).openAccepted();
        talk.heard();
        talk.sendText("{\"type\":\"" + type + "\"}");
        assertThat(talk.heard()).containsExactly("failed TRANSIENT UNPARSABLE_CLIENT_MESSAGE");
        assertThat(talk.closings()).hasSize(1);
    }

    @Test
    void shouldRefuseAnEmptyMessage() {
        PeerTalk talk = talk(Map.of()).openAccepted();
        talk.heard();
        talk.sendBinary(new byte[0]);
        assertThat(talk.heard()).containsExactly("failed AUDIO DATA-0000");
    }

    @Test
    void shouldFailWithItsOwnCodes() {
        PeerTalk talk = talk(Map.of()).openAccepted();
        talk.heard();
        talk.trouble(PeerDialect.Trouble.IDLE);
        talk.trouble(PeerDialect.Trouble.SERVER_ERROR);
        assertThat(talk.heard()).containsExactly("failed IDLE NET-0001", "failed TRANSIENT INTERNAL_SERVER_ERROR");
    }
}
