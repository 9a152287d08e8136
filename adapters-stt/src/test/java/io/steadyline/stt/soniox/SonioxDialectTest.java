package io.steadyline.stt.soniox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect.Garbled;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.HearingLog;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.OutletLog;
import io.steadyline.stt.vendor.Refusal;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SonioxDialectTest {

    private final SonioxDialect dialect = new SonioxDialect(
            "s1", Json.object().put("model", "m"), Json.object().put("type", "finalize"));
    private final OutletLog out = new OutletLog();
    private final HearingLog hearing = new HearingLog();

    private void says(String json) throws Garbled {
        dialect.onText(json.replace('\'', '"'), out, hearing);
    }

    private void tokens(String... tokens) throws Garbled {
        says("{'tokens':[" + String.join(",", tokens) + "],'final_audio_proc_ms':900,'total_audio_proc_ms':1000}");
    }

    private static String last(String text, int startMs, int endMs, double confidence) {
        return "{'text':'" + text + "','is_final':true,'start_ms':" + startMs + ",'end_ms':" + endMs + ",'confidence':"
                + confidence + "}";
    }

    private static String last(String text) {
        return "{'text':'" + text + "','is_final':true}";
    }

    private static String open(String text) {
        return "{'text':'" + text + "','is_final':false}";
    }

    @Nested
    class Sending {

        @Test
        void shouldStartAndBeReadyAtOnce() {
            dialect.onOpened(out, hearing);
            assertThat(out.take()).containsExactly("{\"model\":\"m\"}");
            assertThat(hearing.lines()).containsExactly("ready s1");
        }

        @Test
        void shouldSendAudioAsItIs() {
            dialect.audio(new byte[] {1, 2}, out);
            assertThat(out.binaries()).containsExactly(new byte[] {1, 2});
        }

        @Test
        void shouldKeepAliveFlushAndEndByText() {
            dialect.keepAlive(out);
            dialect.flush(out);
            dialect.endOfInput(out);
            assertThat(out.take()).containsExactly("{\"type\":\"keepalive\"}", "{\"type\":\"finalize\"}", "");
        }
    }

    @Nested
    class Tokens {

        @Test
        void shouldBeInterimTogetherUntilAMarkEndsThem() throws Garbled {
            tokens(open(" hel"));
            tokens(last(" hel", 100, 200, 0.9), open("lo th"));
            tokens(last("lo", 200, 300, 0.5), last(" there", 400, 900, 0.8), last("."), open(""));
            tokens(last("<end>"));
            assertThat(hearing.lines())
                    .containsExactly(
                            "interim \"hel\"",
                            "interim \"hello th\"",
                            "interim \"hello there.\"",
                            "final \"hello there.\" 100-900 [hello 100-300 0.5, there. 400-900 0.8]",
                            "utterance ended 900");
            assertThat(hearing.finals().getFirst().confidence()).isEmpty();
            assertThat(hearing.finals().getFirst().words())
                    .containsExactly(
                            new Hearing.SaidWord("hello", 100, 300, OptionalDouble.of(0.5)),
                            new Hearing.SaidWord("there.", 400, 900, OptionalDouble.of(0.8)));
        }

        @Test
        void shouldBeginANewTextAfterAMarkInTheSameMessage() throws Garbled {
            tokens(last("One", 0, 100, 1), last("<end>"), open(" two"));
            assertThat(hearing.lines())
                    .containsExactly("final \"One\" 0-100 [One 0-100 1.0]", "utterance ended 100", "interim \"two\"");
        }

        @Test
        void shouldNotBeToldTwice() throws Garbled {
            tokens(open("hello"));
            tokens(open("hello"));
            tokens();
            tokens(last("hello"));
            tokens(last("<fin>"));
            tokens(last("<fin>"));
            assertThat(hearing.lines())
                    .containsExactly(
                            "interim \"hello\"",
                            "interim \"hello\"",
                            "final \"hello\" -1--1 [hello -1--1]",
                            "flushed",
                            "flushed");
        }

        @Test
        void shouldEndTheUtteranceOfFinalsThatAFlushBrought() throws Garbled {
            tokens(last("yes", 0, 500, 1), last("<fin>"));
            tokens(last("<end>"));
            tokens(last("<end>"));
            assertThat(hearing.lines())
                    .containsExactly("final \"yes\" 0-500 [yes 0-500 1.0]", "flushed", "utterance ended 500");
        }

        @Test
        void shouldBeNothingWhenTheyAreEmpty() throws Garbled {
            tokens();
            tokens(open(" "));
            tokens(last(" "));
            tokens(last("<end>"));
            says("{}");
            assertThat(hearing.lines()).isEmpty();
        }

        @Test
        void shouldBeFinalWhenItIsFinished() throws Garbled {
            tokens(last("bye", 0, 100, 1));
            says("{'tokens':[],'finished':true}");
            assertThat(hearing.lines())
                    .containsExactly("interim \"bye\"", "final \"bye\" 0-100 [bye 0-100 1.0]", "ended");
        }
    }

    @Nested
    class Failures {

        @ParameterizedTest
        @CsvSource({
            "400, Invalid model specified., CONFIG",
            "401, Invalid API key., AUTH",
            "402, Balance exhausted., QUOTA",
            "403, Forbidden., AUTH",
            "408, Request timeout., IDLE",
            "413, Too long., CONFIG",
            "429, Rate limit exceeded., RATE_LIMIT",
            "500, Oops., TRANSIENT",
            "503, Cannot continue request (code 2). Please restart the request., EXPIRED",
            "503, Overloaded., TRANSIENT",
        })
        void shouldBeOfTheirKind(int code, String message, FailureKind kind) throws Garbled {
            says("{'tokens':[],'error_code':" + code + ",'error_message':'" + message + "'}");
            assertThat(hearing.lines()).containsExactly("failed " + kind + " " + code);
            assertThat(hearing.failures().getFirst().message()).isEqualTo(message);
        }

        @Test
        void shouldFollowStatusAndCloseCode() {
            assertThat(dialect.onRefused(new Refusal(401, Map.of(), "")).kind()).isEqualTo(FailureKind.AUTH);
            assertThat(dialect.onClosed(new Closing(1000, "")).kind()).isEqualTo(FailureKind.TRANSIENT);
            assertThat(dialect.onClosed(new Closing(1006, "")).kind()).isEqualTo(FailureKind.TRANSIENT);
        }
    }

    @Nested
    class Garbage {

        @ParameterizedTest
        @ValueSource(strings = {"no JSON", "[]", "", "{'tokens':5}"})
        void shouldBeGarbled(String json) {
            assertThatExceptionOfType(Garbled.class).isThrownBy(() -> says(json));
        }

        @Test
        void shouldBeGarbledWhenBinary() {
            assertThatExceptionOfType(Garbled.class).isThrownBy(() -> dialect.onBinary(new byte[1], out, hearing));
        }
    }
}
