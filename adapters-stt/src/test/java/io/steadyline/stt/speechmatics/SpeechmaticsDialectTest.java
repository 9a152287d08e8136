package io.steadyline.stt.speechmatics;

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
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechmaticsDialectTest {

    private final SpeechmaticsDialect dialect =
            new SpeechmaticsDialect(Json.object().put("message", "StartRecognition"));
    private final OutletLog out = new OutletLog();
    private final HearingLog hearing = new HearingLog();

    private void says(String json) throws Garbled {
        dialect.onText(json.replace('\'', '"'), out, hearing);
    }

    private void transcript(String name, String text) throws Garbled {
        says("{'message':'" + name + "','metadata':{'start_time':0.5,'end_time':1.25,'transcript':'" + text
                + "'},'results':[]}");
    }

    @Nested
    class Sending {

        @Test
        void shouldStartAndWaitForTheAnswer() throws Garbled {
            dialect.onOpened(out, hearing);
            assertThat(out.take()).containsExactly("{\"message\":\"StartRecognition\"}");
            assertThat(hearing.lines()).isEmpty();
            says("{'message':'RecognitionStarted','id':'r1','language_pack_info':{}}");
            assertThat(hearing.lines()).containsExactly("ready r1");
        }

        @Test
        void shouldCountAudioForTheEnd() {
            dialect.audio(new byte[] {1}, out);
            dialect.audio(new byte[] {2}, out);
            assertThat(out.binaries()).containsExactly(new byte[] {1}, new byte[] {2});
            dialect.endOfInput(out);
            assertThat(out.take())
                    .containsExactly("<1 bytes>", "<1 bytes>", "{\"message\":\"EndOfStream\",\"last_seq_no\":2}");
        }

        @Test
        void shouldForceTheEndOfAnUtterance() {
            dialect.flush(out);
            assertThat(out.take()).containsExactly("{\"message\":\"ForceEndOfUtterance\"}");
        }
    }

    @Nested
    class Transcripts {

        @Test
        void shouldBeFragmentsUntilTheUtteranceEnds() throws Garbled {
            transcript("AddPartialTranscript", "hel ");
            transcript("AddTranscript", "hello ");
            transcript("AddPartialTranscript", "the ");
            transcript("AddTranscript", "there. ");
            says("{'message':'EndOfUtterance','metadata':{'start_time':1.25,'end_time':1.85}}");
            assertThat(hearing.lines())
                    .containsExactly(
                            "interim \"hel\"",
                            "final \"hello\" 500-1250 []",
                            "interim \"the\"",
                            "final \"there.\" 500-1250 []",
                            "utterance ended 1850");
        }

        @Test
        void shouldBeNothingWhenTheyAreEmpty() throws Garbled {
            transcript("AddPartialTranscript", "");
            transcript("AddTranscript", " ");
            says("{'message':'EndOfUtterance','metadata':{'end_time':1}}");
            assertThat(hearing.lines()).isEmpty();
        }

        @Test
        void shouldAnswerAFlushOnce() throws Garbled {
            says("{'message':'EndOfUtterance','metadata':{'end_time':1},'forced':true}");
            dialect.flush(out);
            says("{'message':'EndOfUtterance','metadata':{'end_time':1}}");
            assertThat(hearing.lines()).isEmpty();
            transcript("AddTranscript", "yes ");
            says("{'message':'EndOfUtterance','metadata':{'end_time':2},'forced':true}");
            says("{'message':'EndOfUtterance','metadata':{'end_time':2},'forced':true}");
            assertThat(hearing.lines()).containsExactly("final \"yes\" 500-1250 []", "utterance ended 2000", "flushed");
        }

        @Test
        void shouldGiveWordsWithoutPunctuation() throws Garbled {
            says("{'message':'AddTranscript','metadata':{'start_time':0,'end_time':1,'transcript':'Yes. '},'results':["
                + "{'type':'word','start_time':0.1,'end_time':0.4,'alternatives':[{'content':'Yes','confidence':0.5}]},"
                + "{'type':'punctuation','start_time':0.4,'end_time':0.4,'alternatives':[{'content':'.'}]},"
                + "{'type':'entity','alternatives':[{'content':'5'}]}]}");
            assertThat(hearing.finals().getFirst().confidence()).isEmpty();
            assertThat(hearing.finals().getFirst().words())
                    .containsExactly(
                            new Hearing.SaidWord("Yes", 100, 400, OptionalDouble.of(0.5)),
                            new Hearing.SaidWord("5", -1, -1, OptionalDouble.empty()));
        }
    }

    @Nested
    class OtherMessages {

        @Test
        void shouldEnd() throws Garbled {
            says("{'message':'EndOfTranscript'}");
            assertThat(hearing.lines()).containsExactly("ended");
        }

        @Test
        void shouldWarn() throws Garbled {
            says("{'message':'Warning','type':'duration_limit_exceeded','reason':'soon'}");
            assertThat(hearing.lines()).containsExactly("warned duration_limit_exceeded: soon");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Info", "SomethingNew", ""})
        void shouldBeNothing(String name) throws Garbled {
            says("{'message':'" + name + "','type':'recognition_quality','quality':'telephony'}");
            assertThat(hearing.lines()).isEmpty();
        }

        @Test
        void shouldCountWhatWasAdded() throws Garbled {
            dialect.audio(new byte[] {1}, out);
            dialect.audio(new byte[] {1}, out);
            says("{'message':'AudioAdded','seq_no':1}");
            says("{'message':'AudioAdded','seq_no':2}");
            assertThat(hearing.lines()).isEmpty();
        }
    }

    @Nested
    class Failures {

        @ParameterizedTest
        @CsvSource({
            "not_authorised, AUTH, 0",
            "not_allowed, AUTH, 0",
            "insufficient_funds, QUOTA, 0",
            "timelimit_exceeded, QUOTA, 0",
            "quota_exceeded, RATE_LIMIT, 5",
            "invalid_message, CONFIG, 0",
            "invalid_model, CONFIG, 0",
            "invalid_config, CONFIG, 0",
            "protocol_error, CONFIG, 0",
            "invalid_audio_type, AUDIO, 0",
            "data_error, AUDIO, 0",
            "idle_timeout, IDLE, 0",
            "session_timeout, EXPIRED, 0",
            "job_error, TRANSIENT, 5",
            "internal_error, TRANSIENT, 5",
            "something_new, TRANSIENT, 5",
        })
        void shouldBeOfTheirKind(String type, FailureKind kind, long retryAfterS) throws Garbled {
            says("{'message':'Error','type':'" + type + "','reason':'why'}");
            assertThat(hearing.lines()).containsExactly("failed " + kind + " " + type);
            assertThat(hearing.failures().getFirst().message()).isEqualTo("why");
            assertThat(hearing.failures().getFirst().retryAfter().orElse(Duration.ZERO))
                    .hasSeconds(retryAfterS);
        }

        @ParameterizedTest
        @CsvSource({
            "1000, '', TRANSIENT, 0",
            "1003, protocol_error, CONFIG, 0",
            "1006, '', TRANSIENT, 0",
            "1008, policy_violation, CONFIG, 0",
            "1008, idle_timeout, IDLE, 0",
            "1008, session_timeout, EXPIRED, 0",
            "1011, internal_error, TRANSIENT, 5",
            "4001, not_authorised, AUTH, 0",
            "4003, not_allowed, AUTH, 0",
            "4004, invalid_model, CONFIG, 0",
            "4005, quota_exceeded, RATE_LIMIT, 5",
            "4006, timelimit_exceeded, QUOTA, 0",
            "4013, job_error, TRANSIENT, 5",
        })
        void shouldFollowTheCloseCode(int code, String reason, FailureKind kind, long retryAfterS) {
            assertThat(dialect.onClosed(new Closing(code, reason)).kind()).isEqualTo(kind);
            assertThat(dialect.onClosed(new Closing(code, reason)).retryAfter().orElse(Duration.ZERO))
                    .hasSeconds(retryAfterS);
        }

        @Test
        void shouldFollowTheStatus() {
            assertThat(dialect.onRefused(new Refusal(401, Map.of(), "")).kind()).isEqualTo(FailureKind.AUTH);
            assertThat(dialect.onRefused(new Refusal(503, Map.of(), "")).kind()).isEqualTo(FailureKind.TRANSIENT);
        }
    }

    @Nested
    class Garbage {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "no JSON",
                    "[]",
                    "{'message':'AddTranscript'}",
                    "{'message':'AddPartialTranscript','metadata':{'transcript':5}}",
                    "{'message':'AudioAdded'}",
                    "{'message':'AudioAdded','seq_no':1}",
                })
        void shouldBeGarbled(String json) {
            assertThatExceptionOfType(Garbled.class).isThrownBy(() -> says(json));
        }

        @Test
        void shouldBeGarbledWhenBinary() {
            assertThatExceptionOfType(Garbled.class).isThrownBy(() -> dialect.onBinary(new byte[1], out, hearing));
        }
    }
}
