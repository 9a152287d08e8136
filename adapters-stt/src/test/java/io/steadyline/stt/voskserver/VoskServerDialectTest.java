package io.steadyline.stt.voskserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.stt.peer.DirectTalk;
import io.steadyline.stt.peer.HeardLines;
import io.steadyline.stt.peer.PeerDialect.Trouble;
import io.steadyline.stt.peer.VoskServerPeer;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.OutletLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VoskServerDialectTest {

    private static final VoskServerVendor VENDOR = new VoskServerVendor();

    private final OutletLog out = new OutletLog();
    private final HeardLines heard = new HeardLines();

    private static Map<String, String> options(String... more) {
        Map<String, String> options = new HashMap<>(Map.of("url", "ws://peer:2700"));
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return options;
    }

    private Dialect opened(String... more) {
        Dialect dialect = VENDOR.dialect(DirectTalk.opening(VENDOR, options(more)));
        dialect.onOpened(out, heard);
        return dialect;
    }

    @Nested
    class Sending {

        @Test
        void shouldConfigureAndBeReadyAtOnce() {
            opened();

            assertThat(out.lines()).containsExactly("{\"config\":{\"sample_rate\":8000,\"words\":true}}");
            assertThat(heard.lines()).containsExactly("ready");
        }

        @Test
        void shouldSendWhatIsSetAndNoHints() {
            opened(
                    "sample-rate", "16000",
                    "words", "false",
                    "max-alternatives", "3",
                    "phrases", "yes, no, [unk]",
                    "hints", "Anna");

            assertThat(out.lines())
                    .containsExactly("{\"config\":{\"sample_rate\":16000,\"words\":false,\"max_alternatives\":3,"
                            + "\"phrase_list\":[\"yes\",\"no\",\"[unk]\"]}}");
        }

        @Test
        void shouldSpellTheEndAndTheResetAsTheServerDoes() {
            Dialect dialect = opened("flush-by-reset", "true");
            dialect.audio(new byte[1_600], out);
            dialect.flush(out);
            dialect.endOfInput(out);

            assertThat(out.lines()).endsWith("<1600 bytes>", "{\"reset\" : 1}", "{\"eof\" : 1}");
        }
    }

    @Nested
    class Listening {

        private List<String> heardAfter(Dialect dialect, String... texts) throws Dialect.Garbled {
            for (String text : texts) {
                dialect.onText(text, out, heard);
            }
            return heard.lines().subList(1, heard.lines().size());
        }

        @Test
        void shouldHearInterimsAndFinals() throws Dialect.Garbled {
            assertThat(heardAfter(
                            opened(),
                            "{\"partial\" : \"\"}",
                            "{\"partial\" : \"one\"}",
                            "{\"partial\" : \"one two\"}",
                            "{\"text\" : \"one two\"}",
                            "{\"text\" : \"\"}"))
                    .containsExactly("interim one", "interim one two", "final one two");
        }

        @Test
        void shouldEndTheUtteranceWithAResultWhenTheModelIsTrustedWithThat() throws Dialect.Garbled {
            assertThat(heardAfter(
                            opened("endpointing", "true"),
                            "{\"text\" : \"\"}",
                            "{\"result\":[{\"word\":\"a\",\"start\":0.1,\"end\":0.25,\"conf\":1.0}],\"text\":\"a\"}"))
                    .containsExactly("final a", "utterance ended 250");
        }

        @Test
        void shouldKnowTheAnswerToAFlushByItsNumber() throws Dialect.Garbled {
            Dialect dialect = opened("flush-by-reset", "true");
            dialect.audio(new byte[2], out);
            dialect.audio(new byte[2], out);
            dialect.flush(out);
            dialect.audio(new byte[2], out);

            assertThat(heardAfter(
                            dialect,
                            "{\"text\" : \"one\"}",
                            "{\"partial\" : \"two\"}",
                            "{\"text\" : \"two\"}",
                            "{\"text\" : \"\"}"))
                    .containsExactly("final one", "interim two", "final two", "flushed");
        }

        @Test
        void shouldEndWithTheAnswerToTheEnd() throws Dialect.Garbled {
            Dialect dialect = opened();
            dialect.audio(new byte[2], out);
            dialect.endOfInput(out);

            assertThat(heardAfter(dialect, "{\"partial\" : \"two\"}", "{\"text\" : \"two\"}"))
                    .containsExactly("interim two", "final two", "ended");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "x", "[]", "{}", "{\"error\":1}"})
        void shouldCallTheRestGarbled(String text) {
            assertThatThrownBy(() -> opened().onText(text, out, heard)).isInstanceOf(Dialect.Garbled.class);
        }

        @Test
        void shouldCallBinaryMessagesGarbled() {
            assertThatThrownBy(() -> opened().onBinary(new byte[4], out, heard)).isInstanceOf(Dialect.Garbled.class);
        }
    }

    @Nested
    class Failures {

        @ParameterizedTest
        @CsvSource({
            "1000, TRANSIENT",
            "1001, TRANSIENT",
            "1006, TRANSIENT",
            "1008, AUTH",
            "1009, AUDIO",
            "1011, TRANSIENT"
        })
        void shouldKnowWhatACloseMeans(int code, FailureKind kind) {
            assertThat(opened().onClosed(new Closing(code, "")).kind()).isEqualTo(kind);
        }

        @ParameterizedTest
        @CsvSource({"1000, LOCAL", "1005, LOCAL", "1011, TRANSIENT"})
        void shouldExpectTheCloseAfterTheEnd(int code, FailureKind kind) {
            Dialect dialect = opened();
            dialect.endOfInput(out);

            assertThat(dialect.onClosed(new Closing(code, "")).kind()).isEqualTo(kind);
        }
    }

    /** The dialect and its peer understand one another. */
    @Nested
    class Conversation {

        private DirectTalk talk(boolean knowsReset, String... more) {
            return new DirectTalk(VENDOR, new VoskServerPeer(knowsReset), options(more));
        }

        @Test
        void shouldGoFromTheConfigToTheLastWord() {
            DirectTalk talk = talk(false).open();
            talk.speak(0, 125, 5).pause(125, 150, 5).speak(150, 160, 5).end();

            assertThat(talk.lines().stream().distinct())
                    .containsExactly(
                            "ready",
                            "interim f0",
                            "interim f0 f25",
                            "interim f0 f25 f50",
                            "final f0 f25 f50 f75",
                            "interim f100",
                            "final f100",
                            "final f150",
                            "ended",
                            "closed LOCAL 1000");
            assertThat(talk.heard().finals().get(1).startMs()).isEqualTo(2_000);
            assertThat(talk.heard().finals().get(1).endMs()).isEqualTo(2_500);
            assertThat(talk.recogniser().heard()).hasSize(160);
        }

        @Test
        void shouldFlushWhereTheServerKnowsHow() {
            DirectTalk talk = talk(true, "flush-by-reset", "true").open();
            talk.speak(0, 30, 5).flush().flush().pause(30, 50, 5).end();

            assertThat(talk.lines().stream().distinct())
                    .containsExactly("ready", "interim f0", "final f0 f25", "flushed", "ended", "closed LOCAL 1000");
            assertThat(talk.lines().stream().filter("flushed"::equals)).hasSize(2);
        }

        @Test
        void shouldFailAfterAResetThatTheServerTakesForAudio() {
            assertThat(talk(false, "flush-by-reset", "true").open().flush().lines())
                    .containsExactly("ready", "closed TRANSIENT 1011");
        }

        @Test
        void shouldReadAlternatives() {
            DirectTalk talk = talk(false, "max-alternatives", "2").open();
            talk.speak(0, 25, 5).end();

            assertThat(talk.lines()).endsWith("final f0", "ended", "closed LOCAL 1000");
            assertThat(talk.heard().finals().getFirst().confidence()).isEmpty();
            assertThat(talk.heard().finals().getFirst().words().getFirst().confidence())
                    .isEmpty();
        }

        @Test
        void shouldUnderstandTrouble() {
            assertThat(talk(false).open(Optional.of(Trouble.AUTH)).lines()).containsExactly("refused AUTH 401");
            assertThat(talk(false).open(Optional.of(Trouble.QUOTA)).lines()).containsExactly("refused TRANSIENT 503");
            assertThat(talk(false).open().trouble(Trouble.IDLE).lines())
                    .containsExactly("ready", "closed TRANSIENT 1011");
            assertThat(talk(false).open().trouble(Trouble.LIMIT_REACHED).lines())
                    .containsExactly("ready", "closed TRANSIENT 1001");
        }
    }
}
