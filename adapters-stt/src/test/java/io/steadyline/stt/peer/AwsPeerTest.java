package io.steadyline.stt.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.aws.AwsVendor;
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
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsPeerTest {

    private static final Segment HELLO = new Segment(
            1,
            "hello there",
            100,
            900,
            List.of(new SegmentWord("hello", 100, 400), new SegmentWord("there", 500, 900)));

    private final AwsVendor vendor = new AwsVendor();

    private Dialect dialect = vendor.dialect(Openings.of(vendor, Map.of()));
    private AwsPeer peer = new AwsPeer();

    private DirectLine line(Map<String, String> more, Optional<Trouble> trouble) {
        Map<String, String> given = new HashMap<>(Map.of("access-key", "good-key", "secret-key", "good-key"));
        given.putAll(more);
        Opening opening = Openings.of(vendor, given);
        peer = new AwsPeer();
        assertThat(peer.onRequest(Openings.request((Route.WebSocket) vendor.route(opening)), trouble))
                .isEmpty();
        dialect = vendor.dialect(opening);
        DirectLine line = new DirectLine(dialect, peer);
        line.open();
        return line;
    }

    private List<String> hearAfter(Consumer<Outlet> misuse) {
        DirectLine line = line(Map.of(), Optional.empty());
        line.say(misuse);
        return line.hearing().take();
    }

    @Test
    void shouldUnderstandAndBeUnderstood() {
        DirectLine line = line(Map.of(), Optional.empty());
        assertThat(line.hearing().take()).singleElement().asString().startsWith("ready ");
        line.say(out -> dialect.audio(new byte[1_600], out));
        line.answer(out -> peer.speechStarted(100, out));
        line.answer(out -> peer.interim(new Segment(1, "hello", 100, 400, List.of()), out));
        line.answer(out -> peer.finalText(HELLO, out));
        line.answer(out -> peer.utteranceEnded(900, out));
        line.say(dialect::endOfInput);
        line.answer(out -> peer.ended(1_000, out));
        assertThat(line.ear()).containsExactly("audio 1600", "end");
        assertThat(line.hearing().take())
                .containsExactly(
                        "interim \"hello\"", "final \"hello there\" 100-900 [hello 100-400 0.93, there 500-900 0.93]");
        assertThat(line.closing())
                .hasValueSatisfying(closing -> assertThat(closing.code()).isEqualTo(1000));
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
        DirectLine line = line(Map.of(), Optional.empty());
        line.say(out -> dialect.audio(new byte[1_600], out));
        line.hearing().take();
        line.answer(out -> peer.trouble(trouble, out));
        assertThat(line.hearing().take()).singleElement().asString().startsWith("failed " + kind + " ");
        assertThat(line.closing()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"access-key, UnrecognizedClientException", "secret-key, InvalidSignatureException"})
    void shouldRefuseAnyOtherKey(String option, String exception) {
        assertThat(line(Map.of(option, "bad-key"), Optional.empty()).hearing().take())
                .contains("failed AUTH " + exception);
    }

    @Test
    void shouldRefuseAGoodKeyWhenItIsTold() {
        assertThat(line(Map.of(), Optional.of(Trouble.AUTH)).hearing().take())
                .contains("failed AUTH UnrecognizedClientException");
    }

    @Test
    void shouldTakeASessionTokenAndManyOptions() {
        Map<String, String> options = Map.of(
                "session-token", "token/+=",
                "identify-language", "true",
                "language-options", "en-US,es-US",
                "vocabulary", "names & places",
                "content-redaction", "true");
        assertThat(line(options, Optional.empty()).hearing().take()).noneMatch(each -> each.startsWith("failed"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1_601, 16_002})
    void shouldRefuseAudioOfAWrongSize(int bytes) {
        DirectLine line = line(Map.of(), Optional.empty());
        line.say(out -> dialect.audio(new byte[bytes], out));
        assertThat(line.hearing().take()).contains("failed CONFIG BadRequestException");
        assertThat(line.ear()).isEmpty();
    }

    @Test
    void shouldRefuseTextAndBareAudioAndAudioAfterTheEnd() {
        assertThat(hearAfter(out -> out.text("{}"))).contains("failed CONFIG BadRequestException");
        assertThat(hearAfter(out -> out.binary(new byte[1_600]))).contains("failed CONFIG BadRequestException");
        assertThat(hearAfter(out -> {
                    dialect.endOfInput(out);
                    dialect.audio(new byte[2], out);
                }))
                .contains("failed CONFIG BadRequestException");
    }
}
