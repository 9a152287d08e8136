package io.steadyline.stt.deepgram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.HearingLog;
import io.steadyline.stt.vendor.OutletLog;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.VendorFailure;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeepgramDialectTest {

    private final DeepgramDialect dialect = new DeepgramDialect(VendorAudio.MULAW_8K);
    private final OutletLog out = new OutletLog();
    private final HearingLog hearing = new HearingLog();

    private void receive(String text) throws Dialect.Garbled {
        dialect.onText(text, out, hearing);
    }

    private static String results(String transcript, String more) {
        return """
            {"type":"Results","start":1.0,"duration":0.5,%s,
             "channel":{"alternatives":[{"transcript":"%s"}]}}\
            """.formatted(more, transcript);
    }

    @BeforeEach
    void open() {
        dialect.onOpened(out, hearing);
        assertThat(hearing.take()).containsExactly("ready ");
        assertThat(out.take()).isEmpty();
    }

    @Nested
    class Sending {
        @Test
        void shouldSendAudioAsItIs() {
            dialect.audio(new byte[480], out);
            assertThat(out.take()).containsExactly("<480 bytes>");
        }

        @Test
        void shouldSendControlAsText() {
            dialect.audio(new byte[480], out);
            dialect.keepAlive(out);
            dialect.flush(out);
            dialect.endOfInput(out);
            assertThat(out.take())
                    .containsExactly(
                            "<480 bytes>",
                            "{\"type\":\"KeepAlive\"}",
                            "{\"type\":\"Finalize\"}",
                            "{\"type\":\"CloseStream\"}");
        }

        @Test
        void shouldSendAFrameOfSilenceBeforeTheKeepAliveOfAConnectionWithoutAudio() {
            dialect.keepAlive(out);
            dialect.keepAlive(out);
            assertThat(out.take())
                    .containsExactly("<160 bytes>", "{\"type\":\"KeepAlive\"}", "{\"type\":\"KeepAlive\"}");
        }

        @Test
        void shouldNotCountItsOwnSilence() throws Dialect.Garbled {
            dialect.keepAlive(out);
            receive(results("two", "\"is_final\":true"));
            receive("{\"type\":\"SpeechStarted\",\"timestamp\":0.01}");
            assertThat(hearing.take()).containsExactly("final \"two\" 980-1480 []", "speech started 0");
        }
    }

    @Nested
    class Hearing {
        @Test
        void shouldTellTextThatMayStillChange() throws Dialect.Garbled {
            receive(results("hello", "\"is_final\":false"));
            assertThat(hearing.take()).containsExactly("interim \"hello\"");
        }

        @Test
        void shouldTellAFinalWithItsWords() throws Dialect.Garbled {
            receive("""
                {"type":"Results","channel_index":[0,1],"start":1.0,"duration":0.5,"is_final":true,
                 "speech_final":false,"channel":{"alternatives":[{"transcript":"Hello you","confidence":0.98,
                 "words":[{"word":"hello","punctuated_word":"Hello","start":1.01,"end":1.2,"confidence":0.9},
                 {"word":"you","start":1.25,"end":1.4}]}]}}\
                """);
            assertThat(hearing.take())
                    .containsExactly("final \"Hello you\" 1000-1500 0.98 [Hello 1010-1200 0.9, you 1250-1400]");
        }

        @Test
        void shouldNotEndAnUtteranceWithAFinalAlone() throws Dialect.Garbled {
            receive(results("one", "\"is_final\":true"));
            receive(results("two", "\"is_final\":true,\"speech_final\":true"));
            assertThat(hearing.take())
                    .containsExactly(
                            "final \"one\" 1000-1500 []", "final \"two\" 1000-1500 []", "utterance ended 1500");
        }

        @Test
        void shouldEndAnUtteranceByAnEmptySpeechFinal() throws Dialect.Garbled {
            receive(results("one", "\"is_final\":true"));
            receive(results("", "\"is_final\":true,\"speech_final\":true"));
            assertThat(hearing.take()).containsExactly("final \"one\" 1000-1500 []", "utterance ended 1500");
        }

        @Test
        void shouldSayNothingToAnEmptySpeechFinalWhenNothingWasSaid() throws Dialect.Garbled {
            receive(results("", "\"is_final\":false"));
            receive(results("", "\"is_final\":true,\"speech_final\":true"));
            receive("{\"type\":\"UtteranceEnd\",\"channel\":[0,1],\"last_word_end\":1.4}");
            assertThat(hearing.take()).isEmpty();
        }

        @Test
        void shouldEndAnUtteranceOnceThoughItIsToldTwice() throws Dialect.Garbled {
            receive(results("one", "\"is_final\":true,\"speech_final\":true"));
            receive("{\"type\":\"UtteranceEnd\",\"channel\":[0,1],\"last_word_end\":1.4}");
            assertThat(hearing.take()).containsExactly("final \"one\" 1000-1500 []", "utterance ended 1500");
        }

        @Test
        void shouldEndAnUtteranceByUtteranceEndAlone() throws Dialect.Garbled {
            receive(results("one", "\"is_final\":true"));
            receive("{\"type\":\"UtteranceEnd\",\"channel\":[0,1],\"last_word_end\":1.4}");
            receive(results("two", "\"is_final\":true"));
            receive("{\"type\":\"UtteranceEnd\",\"channel\":[0,1],\"last_word_end\":-1}");
            assertThat(hearing.take())
                    .containsExactly(
                            "final \"one\" 1000-1500 []",
                            "utterance ended 1400",
                            "final \"two\" 1000-1500 []",
                            "utterance ended -1");
        }

        @Test
        void shouldTellTheAnswerToAFlush() throws Dialect.Garbled {
            receive(results("one", "\"is_final\":true,\"from_finalize\":true"));
            receive(results("", "\"is_final\":true,\"from_finalize\":true"));
            assertThat(hearing.take()).containsExactly("final \"one\" 1000-1500 []", "flushed", "flushed");
        }

        @Test
        void shouldTellEachStartOfSpeech() throws Dialect.Garbled {
            receive("{\"type\":\"SpeechStarted\",\"channel\":[0,1],\"timestamp\":1.25}");
            receive("{\"type\":\"SpeechStarted\",\"channel\":[0,1]}");
            assertThat(hearing.take()).containsExactly("speech started 1250", "speech started -1");
        }

        @Test
        void shouldTakeMetadataForTheGoodbyeOnlyAfterItsOwnEnd() throws Dialect.Garbled {
            receive("{\"type\":\"Metadata\",\"request_id\":\"r\",\"duration\":1.5}");
            assertThat(hearing.take()).isEmpty();
            dialect.endOfInput(out);
            receive("{\"type\":\"Metadata\",\"request_id\":\"r\",\"duration\":1.5}");
            assertThat(hearing.take()).containsExactly("ended");
        }

        @Test
        void shouldOnlyWarnOfAnErrorThatIsNotInItsLanguage() throws Dialect.Garbled {
            receive("{\"type\":\"Error\",\"description\":\"odd\"}");
            assertThat(hearing.take()).containsExactly("warned error: odd");
        }

        @Test
        void shouldLiveWithoutFields() throws Dialect.Garbled {
            receive("{\"type\":\"Results\"}");
            receive("{\"type\":\"Results\",\"is_final\":true,\"speech_final\":true}");
            receive("{\"type\":\"UtteranceEnd\"}");
            receive("{\"type\":\"Results\",\"is_final\":true,\"channel\":{\"alternatives\":[{\"transcript\":\"x\"}]}}");
            assertThat(hearing.take()).containsExactly("final \"x\" -1--1 []");
        }

        @Test
        void shouldIgnoreWhatItDoesNotKnow() throws Dialect.Garbled {
            receive("{\"type\":\"News\"}");
            receive("{}");
            assertThat(hearing.take()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "hello", "[1]", "{\"type\":", "null"})
        void shouldNotReadWhatIsNoObject(String text) {
            assertThatThrownBy(() -> receive(text)).isInstanceOf(Dialect.Garbled.class);
        }

        @Test
        void shouldNotReadBinary() {
            assertThatThrownBy(() -> dialect.onBinary(new byte[3], out, hearing))
                    .isInstanceOf(Dialect.Garbled.class)
                    .hasMessageContaining("3 bytes");
        }
    }

    @Nested
    class Failing {
        @ParameterizedTest
        @CsvSource({
            "1011, NET-0001, IDLE, NET-0001",
            "1011, Deepgram did not receive audio data. NET-0001, IDLE, NET-0001",
            "1011, NET-0000, TRANSIENT, NET-0000",
            "1008, DATA-0000, AUDIO, DATA-0000",
            "1008, '', AUDIO, 1008",
            "1005, '', TRANSIENT, 1005",
            "1006, '', TRANSIENT, 1006",
            "1011, '', TRANSIENT, 1011",
            "1012, '', TRANSIENT, 1012",
            "1000, '', TRANSIENT, 1000"
        })
        void shouldReadACloseByItsCode(int code, String reason, FailureKind kind, String told) {
            VendorFailure failure = dialect.onClosed(new Closing(code, reason));
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.code()).isEqualTo(told);
        }

        @ParameterizedTest
        @CsvSource({
            "400, CONFIG",
            "401, AUTH",
            "402, QUOTA",
            "403, AUTH",
            "404, CONFIG",
            "429, RATE_LIMIT",
            "500, TRANSIENT",
            "503, TRANSIENT"
        })
        void shouldReadARefusalByItsStatus(int status, FailureKind kind) {
            assertThat(dialect.onRefused(new Refusal(status, Map.of(), "")).kind())
                    .isEqualTo(kind);
        }

        @Test
        void shouldTellTheCodeOfARefusal() {
            assertThat(dialect.onRefused(new Refusal(401, Map.of(), "{\"err_code\":\"INVALID_AUTH\"}"))
                            .code())
                    .isEqualTo("INVALID_AUTH");
            assertThat(dialect.onRefused(new Refusal(400, Map.of("dg-error", "Bad model"), "no JSON"))
                            .code())
                    .isEqualTo("Bad model");
            assertThat(dialect.onRefused(new Refusal(500, Map.of(), "")).code()).isEqualTo("500");
        }

        @Test
        void shouldKeepTheTimeThatARefusalAsksFor() {
            assertThat(dialect.onRefused(new Refusal(429, Map.of("retry-after", "7"), ""))
                            .retryAfter())
                    .contains(Duration.ofSeconds(7));
        }
    }
}
