package io.steadyline.stt.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.HearingLog;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.OutletLog;
import io.steadyline.stt.vendor.Refusal;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiDialectTest {

    private static final String COMMIT = "{\"type\":\"input_audio_buffer.commit\"}";

    private final OutletLog out = new OutletLog();
    private final HearingLog hearing = new HearingLog();
    private Dialect dialect = dialect(Map.of());

    private static Dialect dialect(Map<String, String> given) {
        OpenAiVendor vendor = new OpenAiVendor();
        return vendor.dialect(Openings.of(vendor, given));
    }

    private void receive(String text) throws Dialect.Garbled {
        dialect.onText(text, out, hearing);
    }

    private void started(String id, long ms) throws Dialect.Garbled {
        receive("{\"type\":\"input_audio_buffer.speech_started\",\"audio_start_ms\":%d,\"item_id\":\"%s\"}"
                .formatted(ms, id));
    }

    private void stopped(String id, long ms) throws Dialect.Garbled {
        receive("{\"type\":\"input_audio_buffer.speech_stopped\",\"audio_end_ms\":%d,\"item_id\":\"%s\"}"
                .formatted(ms, id));
    }

    private void committed(String id, String previous) throws Dialect.Garbled {
        receive("{\"type\":\"input_audio_buffer.committed\",\"item_id\":\"%s\",\"previous_item_id\":%s}"
                .formatted(id, previous.isEmpty() ? "null" : "\"" + previous + "\""));
    }

    private void delta(String id, String text) throws Dialect.Garbled {
        receive("{\"type\":\"conversation.item.input_audio_transcription.delta\",\"item_id\":\"%s\",\"delta\":\"%s\"}"
                .formatted(id, text));
    }

    private void completed(String id, String text) throws Dialect.Garbled {
        receive(("{\"type\":\"conversation.item.input_audio_transcription.completed\",\"item_id\":\"%s\","
                        + "\"transcript\":\"%s\"}")
                .formatted(id, text));
    }

    private void error(String type, String code) throws Dialect.Garbled {
        receive("{\"type\":\"error\",\"error\":{\"type\":\"%s\",\"code\":%s,\"message\":\"oh\"}}"
                .formatted(type, code.isEmpty() ? "null" : "\"" + code + "\""));
    }

    private void beReady() throws Dialect.Garbled {
        receive("{\"type\":\"session.updated\",\"session\":{}}");
        hearing.take();
        out.take();
    }

    /** @param ms audio of which nobody listens to the text */
    private void audioMs(int ms) {
        dialect.audio(new byte[ms * 8], out);
        out.take();
    }

    @Nested
    class Beginning {
        @Test
        void shouldConfigureTheSessionBeforeItIsReady() throws Dialect.Garbled {
            dialect.onOpened(out, hearing);
            assertThat(out.take()).isEmpty();
            receive("{\"type\":\"session.created\",\"session\":{\"id\":\"s-1\",\"expires_at\":"
                    + Openings.AT.plusSeconds(600).getEpochSecond() + "}}");
            receive("{\"type\":\"session.created\",\"session\":{}}");
            assertThat(out.take()).singleElement().asString().startsWith("{\"type\":\"session.update\"");
            assertThat(hearing.take()).isEmpty();
            receive("{\"type\":\"session.updated\",\"session\":{\"id\":\"s-1\"}}");
            receive("{\"type\":\"session.updated\",\"session\":{\"id\":\"s-1\"}}");
            assertThat(hearing.take()).containsExactly("ready s-1", "expires in 600 s");
        }

        @Test
        void shouldNotBelieveAnEndThatIsOver() throws Dialect.Garbled {
            receive("{\"type\":\"session.updated\",\"session\":{\"id\":\"s-1\",\"expires_at\":1000}}");
            assertThat(hearing.take().getLast()).startsWith("warned expires_at: 1970-01-01T00:16:40Z");
        }

        @Test
        void shouldFailWhenItsConfigurationIsNotTaken() throws Dialect.Garbled {
            error("invalid_request_error", "invalid_value");
            assertThat(hearing.take()).containsExactly("failed CONFIG invalid_value");
        }
    }

    @Nested
    class Sending {
        @Test
        void shouldSendAudioAsBase64() {
            dialect.audio(new byte[] {1, 2, 3}, out);
            assertThat(out.take()).containsExactly("{\"type\":\"input_audio_buffer.append\",\"audio\":\"AQID\"}");
        }

        @Test
        void shouldCommitOnlyWhatIsLongEnough() {
            dialect.flush(out);
            audioMs(99);
            dialect.flush(out);
            assertThat(out.take()).isEmpty();
            audioMs(1);
            dialect.flush(out);
            dialect.flush(out);
            assertThat(out.take()).containsExactly(COMMIT);
        }

        @Test
        void shouldLeaveWhenNothingIsLeftToSay() {
            dialect.endOfInput(out);
            assertThat(out.take()).containsExactly("<close>");
        }

        @Test
        void shouldCommitTheRestAtTheEnd() {
            audioMs(100);
            dialect.endOfInput(out);
            assertThat(out.take()).containsExactly(COMMIT);
        }
    }

    @Nested
    class WithTheVendorsTurns {
        @Test
        void shouldTellAnUtterance() throws Dialect.Garbled {
            started("a", 120);
            stopped("a", 900);
            committed("a", "");
            delta("a", "hel");
            delta("a", "lo ");
            completed("a", "Hello.");
            assertThat(hearing.take())
                    .containsExactly(
                            "speech started 120",
                            "speech ended 900",
                            "interim \"hel\"",
                            "interim \"hello\"",
                            "final \"Hello.\" 120-900 []",
                            "utterance ended 900");
        }

        @Test
        void shouldKeepTheOrderOfTheAudioWhenTextsComeOutOfOrder() throws Dialect.Garbled {
            committed("a", "");
            committed("b", "a");
            committed("c", "b");
            delta("a", "on");
            completed("c", "three");
            completed("b", "two");
            assertThat(hearing.take())
                    .containsExactly("interim \"on\"", "interim \"on three\"", "interim \"on two three\"");
            completed("a", "one");
            assertThat(hearing.take())
                    .filteredOn(line -> line.startsWith("final"))
                    .containsExactly("final \"one\" -1--1 []", "final \"two\" -1--1 []", "final \"three\" -1--1 []");
        }

        @Test
        void shouldOrderByTheItemBeforeEvenWhenCommitsComeOutOfOrder() throws Dialect.Garbled {
            committed("c", "b");
            committed("b", "a");
            committed("a", "");
            completed("c", "three");
            completed("b", "two");
            completed("a", "one");
            assertThat(hearing.take())
                    .filteredOn(line -> line.startsWith("final"))
                    .containsExactly("final \"one\" -1--1 []", "final \"two\" -1--1 []", "final \"three\" -1--1 []");
        }

        @Test
        void shouldTellAnItemOnce() throws Dialect.Garbled {
            committed("a", "");
            completed("a", "one");
            hearing.take();
            committed("a", "");
            delta("a", "one");
            completed("a", "one");
            assertThat(hearing.take()).isEmpty();
        }

        @Test
        void shouldTellATextWhoseCommitWasNotTold() throws Dialect.Garbled {
            completed("a", "one");
            assertThat(hearing.take()).containsExactly("final \"one\" -1--1 []", "utterance ended -1");
        }

        @Test
        void shouldSayNothingToAnEmptyText() throws Dialect.Garbled {
            committed("a", "");
            completed("a", " ");
            assertThat(hearing.take()).isEmpty();
        }

        @Test
        void shouldKnowTheAnswerToAFlushByItsMissingEndOfSpeech() throws Dialect.Garbled {
            started("a", 0);
            stopped("a", 200);
            audioMs(500);
            dialect.flush(out);
            committed("a", "");
            completed("a", "one");
            assertThat(hearing.take()).doesNotContain("flushed");
            committed("b", "a");
            completed("b", "two");
            assertThat(hearing.take()).containsExactly("final \"two\" -1-500 []", "utterance ended 500", "flushed");
        }

        @Test
        void shouldTakeAnEmptyBufferForTheAnswerToAFlush() throws Dialect.Garbled {
            beReady();
            audioMs(500);
            dialect.flush(out);
            error("invalid_request_error", "input_audio_buffer_commit_empty");
            error("invalid_request_error", "input_audio_buffer_commit_empty");
            assertThat(hearing.take()).containsExactly("flushed", "warned input_audio_buffer_commit_empty: oh");
        }

        @Test
        void shouldEndWhenTheServerHadCommittedAll() throws Dialect.Garbled {
            beReady();
            audioMs(500);
            committed("a", "");
            dialect.endOfInput(out);
            error("invalid_request_error", "input_audio_buffer_commit_empty");
            assertThat(hearing.take()).containsExactly("flushed");
            completed("a", "one");
            assertThat(hearing.take()).endsWith("ended");
        }
    }

    @Nested
    class WithCommitsOfOurOwn {
        @Test
        void shouldTellNoEndsOfUtterances() throws Dialect.Garbled {
            dialect = dialect(Map.of("turn-detection", "none"));
            audioMs(500);
            dialect.flush(out);
            audioMs(500);
            dialect.flush(out);
            committed("a", "");
            committed("b", "a");
            completed("b", "");
            completed("a", "one");
            assertThat(hearing.take()).containsExactly("final \"one\" -1-500 []", "flushed", "flushed");
        }

        @Test
        void shouldEndWithTheLastText() throws Dialect.Garbled {
            dialect = dialect(Map.of("turn-detection", "none"));
            audioMs(500);
            dialect.endOfInput(out);
            committed("a", "");
            delta("a", "one");
            assertThat(hearing.take()).containsExactly("interim \"one\"");
            completed("a", "one");
            assertThat(hearing.take()).containsExactly("final \"one\" -1-500 []", "flushed", "ended");
        }
    }

    @Test
    void shouldTellHowSureItIsWhenAsked() throws Dialect.Garbled {
        receive("{\"type\":\"conversation.item.input_audio_transcription.completed\",\"item_id\":\"a\","
                + "\"transcript\":\"one\",\"logprobs\":[{\"token\":\"one\",\"logprob\":0}]}");
        assertThat(hearing.take().getFirst()).isEqualTo("final \"one\" -1--1 1.0 []");
    }

    @Test
    void shouldGoOnAfterAnItemThatFailed() throws Dialect.Garbled {
        committed("a", "");
        committed("b", "a");
        completed("b", "two");
        hearing.take();
        receive("{\"type\":\"conversation.item.input_audio_transcription.failed\",\"item_id\":\"a\","
                + "\"error\":{\"type\":\"transcription_error\",\"code\":\"audio_unintelligible\",\"message\":\"oh\"}}");
        assertThat(hearing.take())
                .containsExactly("warned audio_unintelligible: oh", "final \"two\" -1--1 []", "utterance ended -1");
    }

    @Test
    void shouldGiveUpWhenAnItemFailedForGood() throws Dialect.Garbled {
        receive("{\"type\":\"conversation.item.input_audio_transcription.failed\",\"item_id\":\"a\","
                + "\"error\":{\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\",\"message\":\"oh\"}}");
        assertThat(hearing.take()).containsExactly("failed QUOTA insufficient_quota");
    }

    @Test
    void shouldIgnoreNewsAndRefuseGarbage() throws Dialect.Garbled {
        receive("{\"type\":\"rate_limits.updated\"}");
        receive("{}");
        assertThat(hearing.take()).isEmpty();
        assertThatThrownBy(() -> receive("x")).isInstanceOf(Dialect.Garbled.class);
    }

    @ParameterizedTest
    @CsvSource({
        "invalid_request_error, session_expired, EXPIRED, session_expired",
        "invalid_request_error, invalid_api_key, AUTH, invalid_api_key",
        "authentication_error, '', AUTH, authentication_error",
        "insufficient_quota, insufficient_quota, QUOTA, insufficient_quota",
        "rate_limit_error, rate_limit_exceeded, RATE_LIMIT, rate_limit_exceeded",
        "server_error, '', TRANSIENT, server_error"
    })
    void shouldReadAnErrorByItsCodeOrType(String type, String code, FailureKind kind, String told)
            throws Dialect.Garbled {
        beReady();
        error(type, code);
        assertThat(hearing.take()).containsExactly("failed " + kind + " " + told);
    }

    @Test
    void shouldTakeOtherErrorsForRemarks() throws Dialect.Garbled {
        beReady();
        error("invalid_request_error", "unknown_parameter");
        assertThat(hearing.take()).containsExactly("warned unknown_parameter: oh");
    }

    @ParameterizedTest
    @CsvSource({
        "1001, session_expired, EXPIRED",
        "3000, invalid_request_error.invalid_api_key, AUTH",
        "1001, '', TRANSIENT",
        "1006, '', TRANSIENT",
        "1011, '', TRANSIENT"
    })
    void shouldReadACloseByItsReason(int code, String reason, FailureKind kind) {
        assertThat(dialect.onClosed(new Closing(code, reason)).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "401, invalid_api_key, AUTH",
        "429, insufficient_quota, QUOTA",
        "429, '', RATE_LIMIT",
        "404, '', CONFIG",
        "500, '', TRANSIENT"
    })
    void shouldReadARefusalByItsBodyOrStatus(int status, String code, FailureKind kind) {
        assertThat(dialect.onRefused(new Refusal(status, Map.of(), "{\"code\":\"" + code + "\"}"))
                        .kind())
                .isEqualTo(kind);
    }
}
