package io.steadyline.stt.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.gladia.GladiaVendor;
import io.steadyline.stt.peer.GladiaSessions.Answer;
import io.steadyline.stt.peer.PeerDialect.Segment;
import io.steadyline.stt.peer.PeerDialect.SegmentWord;
import io.steadyline.stt.peer.PeerDialect.Trouble;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GladiaPeerTest {

    private static final Segment HELLO = new Segment(
            1,
            "hello there",
            100,
            900,
            List.of(new SegmentWord("hello", 100, 400), new SegmentWord("there", 500, 900)));

    private final GladiaVendor vendor = new GladiaVendor();
    private final GladiaSessions sessions = new GladiaSessions();
    private Dialect dialect = vendor.dialect(Openings.of(vendor, Map.of()));
    private GladiaPeer peer = new GladiaPeer(sessions);

    private Answer answer(Opening opening) {
        Route.Prepared route = (Route.Prepared) vendor.route(opening);
        Map<String, String> headers = new HashMap<>();
        route.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        PeerRequest request = new PeerRequest(route.uri().getRawPath(), Openings.query(route.uri()), headers);
        return sessions.answer(request, route.body(), "wss://api.gladia.io");
    }

    private DirectLine connect(Route.WebSocket route) {
        peer = new GladiaPeer(sessions);
        assertThat(peer.onRequest(Openings.request(route), Optional.empty())).isEmpty();
        DirectLine line = new DirectLine(dialect, peer);
        line.open();
        return line;
    }

    private DirectLine line() throws Dialect.Garbled {
        Opening opening = Openings.of(vendor, Map.of("key", "good-key"));
        dialect = vendor.dialect(opening);
        Answer answer = answer(opening);
        assertThat(answer.status()).isEqualTo(201);
        return connect(((Route.Prepared) vendor.route(opening)).next().webSocket(answer.body()));
    }

    private Optional<Integer> codeAfter(Consumer<Outlet> misuse) throws Dialect.Garbled {
        DirectLine line = line();
        line.say(misuse);
        return line.closing().map(closing -> closing.code());
    }

    @Test
    void shouldUnderstandAndBeUnderstood() throws Dialect.Garbled {
        DirectLine line = line();
        assertThat(line.hearing().take()).containsExactly("ready session-1");
        line.say(out -> dialect.audio(new byte[800], out));
        assertThat(line.hearing().take()).containsExactly("acknowledged 100");
        line.answer(out -> peer.speechStarted(100, out));
        line.answer(out -> peer.interim(new Segment(1, "hello", 100, 400, List.of()), out));
        line.answer(out -> peer.finalText(HELLO, out));
        line.answer(out -> peer.utteranceEnded(900, out));
        assertThat(line.hearing().take())
                .containsExactly(
                        "speech started 100",
                        "interim \"hello\"",
                        "final \"hello there\" 100-900 0.91 [hello 100-400 0.9, there 500-900 0.9]",
                        "utterance ended 900",
                        "speech ended 900");
        line.say(dialect::endOfInput);
        line.answer(out -> peer.ended(1_000, out));
        assertThat(line.hearing().take()).containsExactly("ended");
        assertThat(line.ear()).containsExactly("audio 800", "end");
        assertThat(line.closing())
                .hasValueSatisfying(closing -> assertThat(closing.code()).isEqualTo(1000));
    }

    @Test
    void shouldGoOnWhereItWasLost() throws Dialect.Garbled {
        DirectLine line = line();
        line.say(out -> dialect.audio(new byte[800], out));
        line.answer(out -> peer.interim(new Segment(1, "lost", 0, 100, List.of()), out));
        Route.WebSocket again = (Route.WebSocket) dialect.resumption().orElseThrow();
        DirectLine next = connect(again);
        assertThat(next.hearing().take()).containsExactly("ready session-1");
        next.say(out -> dialect.audio(new byte[800], out));
        next.answer(out -> peer.finalText(HELLO, out));
        assertThat(next.hearing().take())
                .containsExactly(
                        "acknowledged 200",
                        "final \"hello there\" 200-1000 0.91 [hello 200-500 0.9, there 600-1000 0.9]",
                        "utterance ended 1000");
    }

    @Test
    void shouldNotGoOnAfterItsEnd() throws Dialect.Garbled {
        DirectLine line = line();
        Route.WebSocket again = (Route.WebSocket) dialect.resumption().orElseThrow();
        line.answer(out -> peer.trouble(Trouble.LIMIT_REACHED, out));
        assertThat(dialect.resumption()).isEmpty();
        assertThat(new GladiaPeer(sessions).onRequest(Openings.request(again), Optional.empty()))
                .hasValueSatisfying(refusal -> assertThat(refusal.status()).isEqualTo(401));
    }

    @ParameterizedTest
    @CsvSource({
        "AUTH, AUTH",
        "QUOTA, QUOTA",
        "SERVER_ERROR, TRANSIENT",
        "IDLE, IDLE",
    })
    void shouldHaveACloseCodeForEachTrouble(Trouble trouble, String kind) throws Dialect.Garbled {
        DirectLine line = line();
        line.answer(out -> peer.trouble(trouble, out));
        assertThat(dialect.onClosed(line.closing().orElseThrow()).kind()).hasToString(kind);
    }

    @Test
    void shouldSayThatTheTimeIsOver() throws Dialect.Garbled {
        DirectLine line = line();
        line.hearing().take();
        line.answer(out -> peer.trouble(Trouble.LIMIT_REACHED, out));
        assertThat(line.hearing().take()).containsExactly("failed EXPIRED end_session");
    }

    @Test
    void shouldRefuseAnyOtherKey() {
        assertThat(answer(Openings.of(vendor, Map.of("key", "bad-key"))).status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"model, whisper, 422", "languages, english, 422", "region, eu-west, 201"})
    void shouldTakeWhatItKnowsOnly(String option, String value, int status) {
        assertThat(answer(Openings.of(vendor, Map.of("key", "good-key", option, value)))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void shouldTakeHintsAndThresholds() {
        Map<String, String> options = Map.of(
                "key", "good-key",
                "hints", "Steadyline, µ-law",
                "vocabulary-intensity", "0.6",
                "speech-threshold", "0.5",
                "audio-enhancer", "true");
        assertThat(answer(Openings.of(vendor, options)).status()).isEqualTo(201);
    }

    @Test
    void shouldRefuseATokenThatItDoesNotKnow() {
        PeerRequest request = new PeerRequest("/v2/live", Map.of("token", "mine"), Map.of());
        assertThat(peer.onRequest(request, Optional.empty()))
                .hasValueSatisfying(refusal -> assertThat(refusal.status()).isEqualTo(401));
    }

    @Test
    void shouldRefuseWhatItCannotRead() throws Dialect.Garbled {
        assertThat(codeAfter(out -> out.text("no JSON"))).hasValue(4400);
        assertThat(codeAfter(out -> out.text("{\"type\":\"flush\"}"))).hasValue(4400);
        assertThat(codeAfter(out -> out.binary(new byte[1 << 20]))).hasValue(4400);
        assertThat(codeAfter(out -> {
                    dialect.endOfInput(out);
                    dialect.audio(new byte[8], out);
                }))
                .hasValue(4400);
    }

    @Test
    void shouldTakeAudioAsTextToo() throws Dialect.Garbled {
        DirectLine line = line();
        line.say(out -> out.text("{\"type\":\"audio_chunk\",\"data\":{\"chunk\":\"AAAA\"}}"));
        assertThat(line.ear()).containsExactly("audio 3");
    }
}
