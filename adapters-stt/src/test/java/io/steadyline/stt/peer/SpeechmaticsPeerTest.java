package io.steadyline.stt.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.peer.PeerDialect.Segment;
import io.steadyline.stt.peer.PeerDialect.SegmentWord;
import io.steadyline.stt.peer.PeerDialect.Trouble;
import io.steadyline.stt.speechmatics.SpeechmaticsVendor;
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

class SpeechmaticsPeerTest {

    private static final Segment HELLO = new Segment(
            1,
            "hello there",
            100,
            900,
            List.of(new SegmentWord("hello", 100, 400), new SegmentWord("there", 500, 900)));

    private final SpeechmaticsVendor vendor = new SpeechmaticsVendor();
    private Dialect dialect = vendor.dialect(Openings.of(vendor, Map.of()));
    private SpeechmaticsPeer peer = new SpeechmaticsPeer();

    private DirectLine line(Map<String, String> more, Optional<Trouble> trouble) {
        Map<String, String> given = new HashMap<>(Map.of("key", "good-key"));
        given.putAll(more);
        Opening opening = Openings.of(vendor, given);
        dialect = vendor.dialect(opening);
        peer = new SpeechmaticsPeer();
        assertThat(peer.onRequest(Openings.request((Route.WebSocket) vendor.route(opening)), trouble))
                .isEmpty();
        DirectLine line = new DirectLine(dialect, peer);
        line.open();
        return line;
    }

    private List<String> hearAfter(Consumer<Outlet> misuse) {
        DirectLine line = line(Map.of(), Optional.empty());
        line.hearing().take();
        line.say(misuse);
        assertThat(line.closing()).isPresent();
        return line.hearing().take();
    }

    @Test
    void shouldUnderstandAndBeUnderstood() {
        DirectLine line = line(Map.of("hints", "Steadyline"), Optional.empty());
        assertThat(line.hearing().take()).containsExactly("ready recognition-1");
        line.say(out -> dialect.audio(new byte[800], out));
        line.answer(out -> peer.speechStarted(100, out));
        line.answer(out -> peer.interim(new Segment(1, "hello", 100, 400, List.of()), out));
        line.answer(out -> peer.finalText(HELLO, out));
        line.answer(out -> peer.utteranceEnded(900, out));
        assertThat(line.hearing().take())
                .containsExactly(
                        "interim \"hello\"",
                        "final \"hello there\" 100-900 [hello 100-400 0.95, there 500-900 0.95]",
                        "utterance ended 900");
        line.say(out -> dialect.flush(out));
        line.answer(out -> peer.flushed(out));
        assertThat(line.hearing().take()).containsExactly("flushed");
        line.say(out -> dialect.audio(new byte[800], out));
        line.say(dialect::endOfInput);
        line.answer(out -> peer.ended(1_000, out));
        assertThat(line.hearing().take()).containsExactly("ended");
        assertThat(line.ear()).containsExactly("audio 800", "flush", "audio 800", "end");
        assertThat(line.closing())
                .hasValueSatisfying(closing -> assertThat(closing.code()).isEqualTo(1000));
    }

    @Test
    void shouldSayNoInterimTextsWhenTheyAreNotWanted() {
        DirectLine line = line(Map.of("enable-partials", "false"), Optional.empty());
        line.hearing().take();
        line.answer(out -> peer.interim(HELLO, out));
        assertThat(line.hearing().take()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AUTH, AUTH",
        "QUOTA, QUOTA",
        "LIMIT_REACHED, EXPIRED",
        "SERVER_ERROR, TRANSIENT",
        "IDLE, IDLE",
    })
    void shouldHaveWordsAndACloseCodeForEachTrouble(Trouble trouble, String kind) {
        DirectLine line = line(Map.of(), Optional.empty());
        line.hearing().take();
        line.answer(out -> peer.trouble(trouble, out));
        assertThat(line.hearing().take()).singleElement().asString().startsWith("failed " + kind + " ");
        assertThat(dialect.onClosed(line.closing().orElseThrow()).kind()).hasToString(kind);
    }

    @Test
    void shouldRefuseAnyOtherKey() {
        assertThat(line(Map.of("key", "bad-key"), Optional.empty()).hearing().take())
                .containsExactly("failed AUTH not_authorised");
        assertThat(line(Map.of(), Optional.of(Trouble.AUTH)).hearing().take())
                .containsExactly("failed AUTH not_authorised");
        assertThat(peer.onRequest(new PeerRequest("/v2/", Map.of(), Map.of()), Optional.empty()))
                .hasValueSatisfying(refusal -> assertThat(refusal.status()).isEqualTo(401));
    }

    @Test
    void shouldRefuseALanguageThatItDoesNotKnow() {
        assertThat(line(Map.of("language-pack", "English"), Optional.empty())
                        .hearing()
                        .take())
                .containsExactly("failed CONFIG invalid_model");
    }

    @Test
    void shouldRefuseAWrongOrder() {
        assertThat(hearAfter(out -> out.text("no JSON"))).containsExactly("failed CONFIG invalid_message");
        assertThat(hearAfter(out -> out.text("{\"message\":\"KeepAlive\"}")))
                .containsExactly("failed CONFIG protocol_error");
        assertThat(hearAfter(out -> out.text("{\"message\":\"EndOfStream\",\"last_seq_no\":7}")))
                .containsExactly("failed CONFIG protocol_error");
        assertThat(hearAfter(out -> {
                    dialect.endOfInput(out);
                    dialect.audio(new byte[8], out);
                }))
                .containsExactly("failed CONFIG protocol_error");
        assertThat(hearAfter(out -> out.binary(new byte[0]))).containsExactly("failed AUDIO data_error");
    }
}
