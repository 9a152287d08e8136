package io.steadyline.stt.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.HearingLog;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.OutletLog;
import io.steadyline.stt.vendor.Refusal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElevenLabsDialectTest {

    private static final String COMMIT =
            "{\"message_type\":\"input_audio_chunk\",\"audio_base_64\":\"\",\"commit\":true,\"sample_rate\":8000}";

    private final OutletLog out = new OutletLog();
    private final HearingLog hearing = new HearingLog();
    private Dialect dialect = dialect(Map.of(), "");

    private static Dialect dialect(Map<String, String> given, String context) {
        ElevenLabsVendor vendor = new ElevenLabsVendor();
        return vendor.dialect(Openings.of(vendor, given, List.of(), context));
    }

    private void receive(String type, String more) throws Dialect.Garbled {
        dialect.onText("{\"message_type\":\"" + type + "\"" + more + "}", out, hearing);
    }

    private void partial(String text) throws Dialect.Garbled {
        receive("partial_transcript", ",\"text\":\"" + text + "\"");
    }

    private void plain(String text) throws Dialect.Garbled {
        receive("committed_transcript", ",\"text\":\"" + text + "\"");
    }

    private void withWords(String text) throws Dialect.Garbled {
        receive("committed_transcript_with_timestamps", """
            ,"text":"%s","words":[{"text":"w","start":0.12,"end":0.48,"type":"word","logprob":0},
            {"text":" ","type":"spacing"},{"text":"(cough)","start":0.5,"end":0.6,"type":"audio_event"}]\
            """.formatted(text));
    }

    @Nested
    class Sending {
        @Test
        void shouldSendAudioAsBase64() {
            dialect.audio(new byte[] {1, 2, 3}, out);
            assertThat(out.take())
                    .containsExactly("{\"message_type\":\"input_audio_chunk\",\"audio_base_64\":\"AQID\","
                            + "\"commit\":false,\"sample_rate\":8000}");
        }

        @Test
        void shouldSendWhatWasSaidLastWithTheFirstChunkOnly() {
            dialect = dialect(Map.of(), "Please tell me the number of your order, it begins with a letter.");
            dialect.audio(new byte[1], out);
            dialect.audio(new byte[1], out);
            List<String> sent = out.take();
            assertThat(sent.getFirst())
                    .contains("\"previous_text\":\"number of your order, it begins with a letter.\"");
            assertThat(sent.getLast()).doesNotContain("previous_text");
        }

        @Test
        void shouldKeepWhatWasSaidToItselfWhenToldSo() {
            dialect = dialect(Map.of("previous-text", "false"), "hello");
            dialect.audio(new byte[1], out);
            assertThat(out.take().getFirst()).doesNotContain("previous_text");
        }

        @Test
        void shouldKeepAliveByAnEmptyChunk() {
            dialect.keepAlive(out);
            assertThat(out.take())
                    .containsExactly("{\"message_type\":\"input_audio_chunk\",\"audio_base_64\":\"\","
                            + "\"commit\":false,\"sample_rate\":8000}");
        }

        @Test
        void shouldCommitOnlyWhatIsLongEnough() {
            dialect.flush(out);
            dialect.audio(new byte[2_399], out);
            out.take();
            dialect.flush(out);
            assertThat(out.take()).isEmpty();
            dialect.audio(new byte[1], out);
            out.take();
            dialect.flush(out);
            dialect.flush(out);
            assertThat(out.take()).containsExactly(COMMIT);
        }

        @Test
        void shouldFillAndCommitTheRestAtTheEnd() {
            dialect.audio(new byte[1_600], out);
            out.take();
            dialect.endOfInput(out);
            assertThat(out.take()).hasSize(2).last().isEqualTo(COMMIT);
        }

        @Test
        void shouldLeaveWhenNothingIsLeftToSay() {
            dialect.endOfInput(out);
            assertThat(out.take()).containsExactly("<close>");
        }
    }

    @Nested
    class Hearing {
        @Test
        void shouldBeReadyOnceWhenTheSessionStarts() throws Dialect.Garbled {
            dialect.onOpened(out, hearing);
            assertThat(hearing.take()).isEmpty();
            receive("session_started", ",\"session_id\":\"s-1\",\"config\":{}");
            receive("session_started", "");
            assertThat(hearing.take()).containsExactly("ready s-1");
        }

        @Test
        void shouldTellASegmentOnceThoughItComesTwice() throws Dialect.Garbled {
            partial("hel");
            plain("hello");
            withWords("hello");
            plain("hello");
            withWords("hello");
            assertThat(hearing.take())
                    .containsExactly(
                            "interim \"hel\"",
                            "final \"hello\" 120-480 [w 120-480 1.0]",
                            "final \"hello\" 120-480 [w 120-480 1.0]");
        }

        @Test
        void shouldTellASegmentOnceInTheOtherOrderToo() throws Dialect.Garbled {
            withWords("yes");
            plain("yes");
            withWords("yes");
            plain("yes");
            assertThat(hearing.take()).hasSize(2);
        }

        @Test
        void shouldNotWaitForWordsBeyondTheNextSegment() throws Dialect.Garbled {
            plain("one");
            plain("two");
            partial("three");
            withWords("two");
            assertThat(hearing.take())
                    .containsExactly("final \"one\" -1--1 []", "final \"two\" -1--1 []", "interim \"three\"");
        }

        @Test
        void shouldTellThePlainTextWhenNothingElseWasAskedFor() throws Dialect.Garbled {
            dialect = dialect(Map.of("include-timestamps", "false"), "");
            plain("one");
            plain("one");
            assertThat(hearing.take()).containsExactly("final \"one\" -1--1 []", "final \"one\" -1--1 []");
        }

        @Test
        void shouldEndUtterancesOnlyWhereTheVendorFindsThem() throws Dialect.Garbled {
            dialect = dialect(Map.of("commit-strategy", "vad"), "");
            plain("one");
            withWords("one");
            plain("");
            withWords("");
            assertThat(hearing.take()).containsExactly("final \"one\" 120-480 [w 120-480 1.0]", "utterance ended 480");
        }

        @Test
        void shouldTellTheAnswerToAFlush() throws Dialect.Garbled {
            dialect.audio(new byte[2_400], out);
            dialect.flush(out);
            plain("");
            withWords("");
            plain("one");
            withWords("one");
            assertThat(hearing.take()).containsExactly("flushed", "final \"one\" 120-480 [w 120-480 1.0]");
        }

        @Test
        void shouldTakeARefusedCommitForAnswered() throws Dialect.Garbled {
            dialect.audio(new byte[2_400], out);
            dialect.flush(out);
            receive("commit_throttled", ",\"error\":\"only 0.01s\"");
            assertThat(hearing.take()).containsExactly("warned commit_throttled: only 0.01s", "flushed");
        }

        @Test
        void shouldCommitTheAudioOfARefusedCommitWithTheNext() throws Dialect.Garbled {
            dialect.audio(new byte[2_400], out);
            dialect.flush(out);
            receive("commit_throttled", "");
            out.take();
            dialect.flush(out);
            assertThat(out.take()).containsExactly(COMMIT);
        }

        @Test
        void shouldCommitAgainWhenTheLastCommitIsRefused() throws Dialect.Garbled {
            dialect.audio(new byte[2_400], out);
            dialect.endOfInput(out);
            out.take();
            receive("commit_throttled", "");
            assertThat(out.take()).hasSize(2).last().isEqualTo(COMMIT);
            assertThat(hearing.take()).containsExactly("warned commit_throttled: ");
            plain("one");
            withWords("one");
            assertThat(hearing.take()).containsExactly("final \"one\" 120-480 [w 120-480 1.0]", "ended");
        }

        @Test
        void shouldLeaveTheAudioOfARefusedCommitToTheOneThatIsUnderWay() throws Dialect.Garbled {
            dialect.audio(new byte[2_400], out);
            dialect.flush(out);
            dialect.audio(new byte[2_400], out);
            dialect.endOfInput(out);
            out.take();
            receive("commit_throttled", "");
            assertThat(out.take()).isEmpty();
            plain("one two");
            withWords("one two");
            assertThat(hearing.take()).last().isEqualTo("ended");
        }

        @Test
        void shouldEndWithTheLastCommit() throws Dialect.Garbled {
            dialect.audio(new byte[2_400], out);
            dialect.flush(out);
            dialect.audio(new byte[2_400], out);
            dialect.endOfInput(out);
            plain("one");
            withWords("one");
            assertThat(hearing.take()).containsExactly("final \"one\" 120-480 [w 120-480 1.0]");
            plain("two");
            withWords("two");
            assertThat(hearing.take()).containsExactly("final \"two\" 120-480 [w 120-480 1.0]", "ended");
        }

        @Test
        void shouldTellWhatWaitsBeforeAnError() throws Dialect.Garbled {
            plain("one");
            receive("transcriber_error", ",\"error\":\"oh\"");
            assertThat(hearing.take()).containsExactly("final \"one\" -1--1 []", "failed TRANSIENT transcriber_error");
        }

        @Test
        void shouldIgnoreNewsAndRefuseGarbage() throws Dialect.Garbled {
            receive("news", "");
            receive("partial_transcript", "");
            receive("committed_transcript_with_timestamps", "");
            dialect.onText("{}", out, hearing);
            assertThat(hearing.take()).isEmpty();
            assertThatThrownBy(() -> dialect.onText("x", out, hearing)).isInstanceOf(Dialect.Garbled.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "auth_error, AUTH",
        "unaccepted_terms, AUTH",
        "input_error, CONFIG",
        "chunk_size_exceeded, AUDIO",
        "quota_exceeded, QUOTA",
        "rate_limited, RATE_LIMIT",
        "queue_overflow, RATE_LIMIT",
        "resource_exhausted, RATE_LIMIT",
        "session_time_limit_exceeded, EXPIRED",
        "insufficient_audio_activity, IDLE",
        "transcriber_error, TRANSIENT"
    })
    void shouldReadAnErrorByItsTypeWhereverItStands(String type, FailureKind kind) throws Dialect.Garbled {
        receive(type, ",\"error\":\"oh\"");
        assertThat(hearing.take()).containsExactly("failed " + kind + " " + type);
        assertThat(dialect.onClosed(new Closing(1000, type)).kind()).isEqualTo(kind);
        assertThat(dialect.onRefused(new Refusal(400, Map.of(), "{\"status\":\"" + type + "\"}"))
                        .kind())
                .isEqualTo(kind);
    }

    @Test
    void shouldReadTheRestByItsNumber() throws Dialect.Garbled {
        receive("error", ",\"error\":\"oh\"");
        assertThat(hearing.take()).containsExactly("failed TRANSIENT error");
        assertThat(dialect.onClosed(new Closing(1006, "")).kind()).isEqualTo(FailureKind.TRANSIENT);
        assertThat(dialect.onRefused(new Refusal(401, Map.of(), "error")).kind())
                .isEqualTo(FailureKind.AUTH);
    }
}
