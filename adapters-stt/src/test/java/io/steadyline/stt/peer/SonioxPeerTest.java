package io.steadyline.stt.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.peer.PeerDialect.Segment;
import io.steadyline.stt.peer.PeerDialect.SegmentWord;
import io.steadyline.stt.peer.PeerDialect.Trouble;
import io.steadyline.stt.soniox.SonioxVendor;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SonioxPeerTest {

    private static final Segment HELLO = new Segment(
            1,
            "hello there",
            100,
            900,
            List.of(new SegmentWord("hello", 100, 400), new SegmentWord("there", 500, 900)));

    private final SonioxVendor vendor = new SonioxVendor();
    private Dialect dialect = vendor.dialect(Openings.of(vendor, Map.of()));
    private SonioxPeer peer = new SonioxPeer();

    private Optional<PeerRefusal> request(Map<String, String> more, Optional<Trouble> trouble) {
        Map<String, String> given = new HashMap<>(Map.of("key", "good-key"));
        given.putAll(more);
        Opening opening = Openings.of(vendor, given);
        dialect = vendor.dialect(opening);
        peer = new SonioxPeer();
        return peer.onRequest(Openings.request((Route.WebSocket) vendor.route(opening)), trouble);
    }

    private DirectLine line(Map<String, String> more) {
        assertThat(request(more, Optional.empty())).isEmpty();
        DirectLine line = new DirectLine(dialect, peer);
        line.open();
        return line;
    }

    private List<String> hearAfter(Consumer<Outlet> misuse) {
        DirectLine line = line(Map.of());
        line.hearing().take();
        line.say(misuse);
        assertThat(line.closing()).isPresent();
        return line.hearing().take();
    }

    @Test
    void shouldUnderstandAndBeUnderstood() {
        DirectLine line = line(Map.of("hints", "Steadyline"));
        assertThat(line.hearing().take()).containsExactly("ready session-1");
        line.say(out -> dialect.audio(new byte[800], out));
        line.answer(out -> peer.speechStarted(100, out));
        line.answer(out -> peer.interim(new Segment(1, "hello", 100, 400, List.of()), out));
        line.answer(out -> peer.finalText(HELLO, out));
        line.answer(out -> peer.utteranceEnded(900, out));
        assertThat(line.hearing().take())
                .containsExactly(
                        "interim \"hello\"",
                        "interim \"hello there\"",
                        "final \"hello there\" 100-900 [hello 100-400 0.9, there 500-900 0.9]",
                        "utterance ended 900");
        line.say(out -> dialect.keepAlive(out));
        line.say(out -> dialect.flush(out));
        line.answer(out -> peer.finalText(HELLO, out));
        line.answer(out -> peer.flushed(out));
        assertThat(line.hearing().take())
                .containsExactly(
                        "interim \"hello there\"",
                        "final \"hello there\" 100-900 [hello 100-400 0.9, there 500-900 0.9]",
                        "flushed");
        line.say(dialect::endOfInput);
        line.answer(out -> peer.finalText(HELLO, out));
        line.answer(out -> peer.ended(1_000, out));
        assertThat(line.hearing().take())
                .containsExactly(
                        "interim \"hello there\"",
                        "final \"hello there\" 100-900 [hello 100-400 0.9, there 500-900 0.9]",
                        "ended");
        assertThat(line.hearing().finals().getFirst().words())
                .extracting(word -> word.text())
                .containsExactly("hello", "there");
        assertThat(line.ear()).containsExactly("audio 800", "flush", "end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "subprotocol", "field"})
    void shouldTakeTheKeyInEachPlace(String auth) {
        DirectLine line = line(Map.of("auth", auth));
        line.say(out -> dialect.audio(new byte[800], out));
        assertThat(line.ear()).containsExactly("audio 800");
    }

    @Test
    void shouldRefuseAnyOtherKey() {
        assertThat(request(Map.of("key", "bad-key"), Optional.empty()))
                .hasValueSatisfying(refusal -> assertThat(refusal.status()).isEqualTo(401));
        assertThat(request(Map.of("key", "bad-key", "auth", "subprotocol"), Optional.empty()))
                .hasValueSatisfying(refusal -> assertThat(refusal.status()).isEqualTo(401));
        assertThat(request(Map.of(), Optional.of(Trouble.AUTH)))
                .hasValueSatisfying(refusal -> assertThat(refusal.status()).isEqualTo(401));
        assertThat(line(Map.of("key", "bad-key", "auth", "field")).hearing().take())
                .containsExactly("ready session-1", "failed AUTH 401");
    }

    @ParameterizedTest
    @CsvSource({
        "AUTH, AUTH",
        "QUOTA, QUOTA",
        "LIMIT_REACHED, EXPIRED",
        "SERVER_ERROR, TRANSIENT",
        "IDLE, IDLE",
    })
    void shouldHaveWordsForEachTrouble(Trouble trouble, String kind) {
        DirectLine line = line(Map.of());
        line.hearing().take();
        line.answer(out -> peer.trouble(trouble, out));
        assertThat(line.hearing().take()).singleElement().asString().startsWith("failed " + kind + " ");
        assertThat(line.closing()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"model, whisper", "mulaw-format, ulaw", "language-hints, english"})
    void shouldRefuseWhatItDoesNotKnow(String option, String value) {
        assertThat(line(Map.of(option, value)).hearing().take()).contains("failed CONFIG 400");
    }

    @Test
    void shouldRefuseAWrongOrder() {
        assertThat(hearAfter(out -> out.text("no JSON"))).containsExactly("failed CONFIG 400");
        assertThat(hearAfter(out -> out.text("{\"type\":\"stop\"}"))).containsExactly("failed CONFIG 400");
        assertThat(hearAfter(out -> {
                    dialect.endOfInput(out);
                    dialect.audio(new byte[8], out);
                }))
                .containsExactly("failed CONFIG 400");
    }
}
