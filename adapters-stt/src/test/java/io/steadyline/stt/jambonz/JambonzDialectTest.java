package io.steadyline.stt.jambonz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.stt.peer.DirectTalk;
import io.steadyline.stt.peer.HeardLines;
import io.steadyline.stt.peer.JambonzPeer;
import io.steadyline.stt.peer.PeerDialect.Trouble;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.OutletLog;
import io.steadyline.stt.vendor.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JambonzDialectTest {

    private static final JambonzVendor VENDOR = new JambonzVendor();

    private final OutletLog out = new OutletLog();
    private final HeardLines heard = new HeardLines();

    private static Dialect dialect(String... more) {
        return VENDOR.dialect(DirectTalk.opening(VENDOR, options(more)));
    }

    private static Map<String, String> options(String... more) {
        Map<String, String> options = new HashMap<>(Map.of("url", "ws://peer/stt", "key", "good-key"));
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return options;
    }

    private Dialect opened(String... more) {
        Dialect dialect = dialect(more);
        dialect.onOpened(out, heard);
        return dialect;
    }

    @Nested
    class Sending {

        @Test
        void shouldStartAndBeReadyAtOnce() {
            opened();

            assertThat(out.lines())
                    .containsExactly(
                            "{\"type\":\"start\",\"language\":\"en-US\",\"format\":\"raw\",\"encoding\":\"LINEAR16\","
                                    + "\"interimResults\":true,\"sampleRateHz\":8000,\"options\":{}}");
            assertThat(heard.lines()).containsExactly("ready");
        }

        @Test
        void shouldPutHintsAndExtrasIntoTheOptions() {
            opened(
                    "language", "de-DE",
                    "hints", "Anna, Bob",
                    "hints-boost", "12.5",
                    "interim-results", "false",
                    "sample-rate", "16000",
                    "extra", "{\"model\":\"phone\",\"deep\":{\"a\":1}}");

            assertThat(out.lines())
                    .containsExactly(
                            "{\"type\":\"start\",\"language\":\"de-DE\",\"format\":\"raw\",\"encoding\":\"LINEAR16\","
                                + "\"interimResults\":false,\"sampleRateHz\":16000,\"options\":{\"hints\":[\"Anna\",\"Bob\"],"
                                + "\"hintsBoost\":12.5,\"model\":\"phone\",\"deep\":{\"a\":1}}}");
        }

        @Test
        void shouldSendNoBoostWithoutHints() {
            opened("hints-boost", "3");

            assertThat(out.lines().getFirst()).contains("\"options\":{}");
        }

        @Test
        void shouldStopWithoutClosing() {
            Dialect dialect = opened();
            dialect.audio(new byte[320], out);
            dialect.keepAlive(out);
            dialect.endOfInput(out);

            assertThat(out.lines()).endsWith("<320 bytes>", "{\"type\":\"stop\"}");
        }
    }

    @Nested
    class Listening {

        private List<String> hear(String text, String... more) throws Dialect.Garbled {
            opened(more).onText(text, out, heard);
            return heard.lines().subList(1, heard.lines().size());
        }

        @Test
        void shouldHearAnInterim() throws Dialect.Garbled {
            assertThat(hear("""
                {"type":"transcription","is_final":false,"alternatives":[{"transcript":" hello ","confidence":0.1}]}\
                """)).containsExactly("interim" + " hello");
        }

        @Test
        void shouldHearAFinalWithItsConfidence() throws Dialect.Garbled {
            assertThat(hear("""
                {"type":"transcription","is_final":true,"language":"en-US","channel":0,
                 "alternatives":[{"transcript":"hello","confidence":0.8},{"transcript":"yellow"}]}\
                """)).containsExactly("final" + " hello");
            assertThat(heard.finals().getFirst().confidence()).hasValue(0.8);
            assertThat(heard.finals().getFirst().startMs()).isEqualTo(Hearing.UNKNOWN);
        }

        @Test
        void shouldLeaveAConfidenceOutThatIsNotThere() throws Dialect.Garbled {
            hear("""
                {"type":"transcription","is_final":true,"alternatives":[{"transcript":"hello"}]}\
                """);

            assertThat(heard.finals().getFirst().confidence()).isEmpty();
        }

        @Test
        void shouldEndTheUtteranceWithAFinalWhenTheServerIsTrustedWithThat() throws Dialect.Garbled {
            assertThat(hear("""
                {"type":"transcription","is_final":true,"alternatives":[{"transcript":"hello"}]}\
                """, "endpointing", "true"))
                    .containsExactly("final" + " hello", "utterance" + " ended" + " -1");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"type\":\"transcription\",\"is_final\":true,\"alternatives\":[{\"transcript\":\"\"}]}",
                    "{\"type\":\"transcription\",\"is_final\":true,\"alternatives\":[{\"transcript\":\"  \"}]}",
                    "{\"type\":\"transcription\",\"is_final\":true,\"alternatives\":[{}]}",
                    "{\"type\":\"transcription\",\"is_final\":true,\"alternatives\":[]}",
                    "{\"type\":\"transcription\",\"alternatives\":[{\"transcript\":null}]}",
                    "{\"type\":\"metadata\",\"is_final\":true}",
                    "{\"type\":7}",
                    "{}",
                })
        void shouldTakeEmptyTextAndUnknownMessagesForNothing(String text) throws Dialect.Garbled {
            assertThat(hear(text, "endpointing", "true")).isEmpty();
        }

        @Test
        void shouldTakeTextThatIsNotCalledFinalForAnInterim() throws Dialect.Garbled {
            assertThat(hear("{\"type\":\"transcription\",\"alternatives\":[{\"transcript\":\"a\"}]}"))
                    .containsExactly("interim a");
        }

        @Test
        void shouldTryAgainAfterAnyError() throws Dialect.Garbled {
            assertThat(hear("{\"type\":\"error\",\"error\":\"no credit\"}")).containsExactly("failed TRANSIENT error");
            assertThat(heard.failures().getFirst().message()).isEqualTo("no credit");
        }

        @Test
        void shouldHearAnErrorWithoutAText() throws Dialect.Garbled {
            assertThat(hear("{\"type\":\"error\"}")).containsExactly("failed TRANSIENT error");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "hello",
                    "[1]",
                    "{\"type\":\"transcription\"",
                    "{\"type\":\"transcription\",\"is_final\":true}",
                    "{\"type\":\"transcription\",\"alternatives\":\"x\"}"
                })
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
            "1003, AUDIO",
            "1005, TRANSIENT",
            "1006, TRANSIENT",
            "1007, AUDIO",
            "1008, AUTH",
            "1009, AUDIO",
            "1011, TRANSIENT",
            "1013, TRANSIENT",
            "4000, TRANSIENT"
        })
        void shouldKnowWhatACloseMeansBeforeStop(int code, FailureKind kind) {
            assertThat(opened().onClosed(new Closing(code, "why")).kind()).isEqualTo(kind);
        }

        @ParameterizedTest
        @CsvSource({"1000, LOCAL", "1005, LOCAL", "1011, TRANSIENT", "1006, TRANSIENT"})
        void shouldExpectTheCloseAfterStop(int code, FailureKind kind) {
            Dialect dialect = opened();
            dialect.endOfInput(out);

            assertThat(dialect.onClosed(new Closing(code, "")).kind()).isEqualTo(kind);
        }

        @ParameterizedTest
        @CsvSource({
            "400, CONFIG",
            "401, AUTH",
            "402, QUOTA",
            "403, AUTH",
            "404, CONFIG",
            "429, RATE_LIMIT",
            "503, TRANSIENT"
        })
        void shouldKnowWhatARefusalMeans(int status, FailureKind kind) {
            assertThat(dialect().onRefused(new Refusal(status, Map.of(), "")).kind())
                    .isEqualTo(kind);
        }
    }

    /** The dialect and its peer understand one another. */
    @Nested
    class Conversation {

        private DirectTalk talk(String... more) {
            return new DirectTalk(VENDOR, new JambonzPeer(), options(more));
        }

        @Test
        void shouldGoFromTheStartToTheLastWord() {
            DirectTalk talk = talk().open();
            talk.speak(0, 130, 1).pause(130, 160, 1).speak(160, 190, 1).end();

            assertThat(talk.lines())
                    .containsExactly(
                            "ready",
                            "interim f0",
                            "interim f0 f25",
                            "interim f0 f25 f50",
                            "final f0 f25 f50 f75",
                            "interim f100",
                            "final f100 f125",
                            "interim f160",
                            "final f160 f185",
                            "closed LOCAL 1000");
            assertThat(talk.recogniser().heard()).hasSize(190);
        }

        @Test
        void shouldGetFinalsAloneWhenItWantsNoInterims() {
            DirectTalk talk =
                    talk("interim-results", "false").open().speak(0, 100, 5).end();

            assertThat(talk.lines()).containsExactly("ready", "final f0 f25 f50 f75", "closed LOCAL 1000");
        }

        @Test
        void shouldSendWideAudioWhenItIsTold() {
            DirectTalk talk = talk("sample-rate", "16000").open();
            talk.audio(new byte[640]).end();

            assertThat(talk.recogniser().heardMs()).isEqualTo(20);
            assertThat(talk.lines()).containsExactly("ready", "closed LOCAL 1000");
        }

        @Test
        void shouldBeRefusedWithAWrongKey() {
            assertThat(talk("key", "bad-key").open().lines()).containsExactly("refused AUTH 401");
            assertThat(talk("key", "").open().lines()).containsExactly("refused AUTH 401");
        }

        @ParameterizedTest
        @EnumSource(Trouble.class)
        void shouldTryAgainWhateverTheServerComplainsOf(Trouble trouble) {
            assertThat(talk().open().trouble(trouble).lines())
                    .containsExactly("ready", "failed TRANSIENT error", "closed TRANSIENT 1011");
        }

        @Test
        void shouldUnderstandTroubleAtTheRequest() {
            assertThat(talk().open(Optional.of(Trouble.QUOTA)).lines()).containsExactly("refused QUOTA 402");
            assertThat(talk().open(Optional.of(Trouble.SERVER_ERROR)).lines()).containsExactly("refused TRANSIENT 500");
        }
    }
}
