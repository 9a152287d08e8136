package io.steadyline.stt.assemblyai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.HearingLog;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.OutletLog;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.VendorAudio;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssemblyAiDialectTest {

    private final OutletLog out = new OutletLog();
    private final HearingLog hearing = new HearingLog();
    private Dialect dialect = dialect(Map.of());

    private static Dialect dialect(Map<String, String> given) {
        AssemblyAiVendor vendor = new AssemblyAiVendor();
        return vendor.dialect(Openings.of(vendor, given));
    }

    private void receive(String text) throws Dialect.Garbled {
        dialect.onText(text, out, hearing);
    }

    private void turn(int order, String transcript, boolean ends, boolean isFormatted) throws Dialect.Garbled {
        receive("""
            {"type":"Turn","turn_order":%d,"turn_is_formatted":%s,"end_of_turn":%s,"transcript":"%s",
             "end_of_turn_confidence":0.5,"words":[{"text":"w","start":120,"end":480,"confidence":0.9}]}\
            """.formatted(order, isFormatted, ends, transcript));
    }

    @Nested
    class Sending {
        @Test
        void shouldKeepShortChunksUntilTheyAreLongEnough() {
            dialect.audio(new byte[160], out);
            dialect.audio(new byte[160], out);
            assertThat(out.take()).isEmpty();
            dialect.audio(new byte[160], out);
            dialect.audio(new byte[400], out);
            dialect.audio(new byte[399], out);
            assertThat(out.take()).containsExactly("<480 bytes>", "<400 bytes>");
        }

        @Test
        void shouldPadTheRestAtTheEnd() {
            dialect.audio(new byte[160], out);
            dialect.endOfInput(out);
            assertThat(out.take()).containsExactly("<400 bytes>", "{\"type\":\"Terminate\"}");
        }

        @Test
        void shouldNotPadAtAFlush() {
            dialect.audio(new byte[160], out);
            dialect.flush(out);
            dialect.keepAlive(out);
            dialect.audio(new byte[240], out);
            assertThat(out.take())
                    .containsExactly("{\"type\":\"ForceEndpoint\"}", "{\"type\":\"KeepAlive\"}", "<400 bytes>");
        }

        @Test
        void shouldKeepTheOrderOfTheBytes() {
            ChunkFloor floor = new ChunkFloor(VendorAudio.MULAW_8K, 1);
            assertThat(floor.add(new byte[] {1, 2, 3})).isEmpty();
            assertThat(floor.add(new byte[] {4, 5, 6, 7, 8, 9}))
                    .hasValueSatisfying(sent -> assertThat(sent).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9));
            assertThat(floor.add(new byte[] {10})).isEmpty();
            assertThat(floor.rest())
                    .hasValueSatisfying(sent -> assertThat(sent).containsExactly(10, -1, -1, -1, -1, -1, -1, -1));
            assertThat(floor.rest()).isEmpty();
        }
    }

    @Nested
    class Beginning {
        @Test
        void shouldBeReadyOnceAtItsBeginning() throws Dialect.Garbled {
            dialect.onOpened(out, hearing);
            assertThat(hearing.take()).isEmpty();
            receive("{\"type\":\"Begin\",\"id\":\"s-1\",\"expires_at\":"
                    + Openings.AT.plusSeconds(600).getEpochSecond() + "}");
            receive("{\"type\":\"Begin\",\"id\":\"s-1\"}");
            assertThat(hearing.take()).containsExactly("ready s-1", "expires in 600 s");
        }

        @Test
        void shouldReadADateToo() throws Dialect.Garbled {
            receive("{\"type\":\"Begin\",\"id\":\"s-1\",\"expires_at\":\"" + Openings.AT.plusSeconds(60) + "\"}");
            assertThat(hearing.take()).containsExactly("ready s-1", "expires in 60 s");
        }

        @Test
        void shouldNotBelieveAnEndThatIsOver() throws Dialect.Garbled {
            receive("{\"type\":\"Begin\",\"id\":\"s-1\",\"expires_at\":1000}");
            assertThat(hearing.take().getLast()).startsWith("warned expires_at: 1970-01-01T00:16:40Z (expected: ");
        }

        @Test
        void shouldLiveWithoutAnEnd() throws Dialect.Garbled {
            receive("{\"type\":\"Begin\",\"expires_at\":\"soon\"}");
            assertThat(hearing.take()).containsExactly("ready ");
        }
    }

    @Nested
    class Hearing {
        @Test
        void shouldTellATurn() throws Dialect.Garbled {
            receive("{\"type\":\"SpeechStarted\",\"timestamp\":120}");
            turn(0, "hello", false, false);
            turn(0, "hello you", true, false);
            assertThat(hearing.take())
                    .containsExactly(
                            "speech started 120",
                            "interim \"hello\"",
                            "final \"hello you\" 120-480 [w 120-480 0.9]",
                            "utterance ended 480");
        }

        @Test
        void shouldTellATurnOnceThoughItsFormattedTextFollows() throws Dialect.Garbled {
            turn(0, "hello", true, false);
            turn(0, "Hello.", true, true);
            assertThat(hearing.take())
                    .containsExactly("final \"hello\" 120-480 [w 120-480 0.9]", "utterance ended 480");
        }

        @Test
        void shouldWaitForTheFormattedTextThatWasAskedFor() throws Dialect.Garbled {
            dialect = dialect(Map.of("format-turns", "true"));
            turn(0, "hello", true, false);
            assertThat(hearing.take()).containsExactly("interim \"hello\"");
            turn(0, "Hello.", true, true);
            assertThat(hearing.take())
                    .containsExactly("final \"Hello.\" 120-480 [w 120-480 0.9]", "utterance ended 480");
        }

        @Test
        void shouldTellTheUnformattedTextWhenTheNextTurnIsHere() throws Dialect.Garbled {
            dialect = dialect(Map.of("format-turns", "true"));
            turn(0, "one", true, false);
            turn(1, "two", false, false);
            turn(0, "One.", true, true);
            turn(1, "two", true, false);
            receive("{\"type\":\"Termination\",\"audio_duration_seconds\":2}");
            assertThat(hearing.take())
                    .containsExactly(
                            "interim \"one\"",
                            "final \"one\" 120-480 [w 120-480 0.9]",
                            "utterance ended 480",
                            "interim \"two\"",
                            "interim \"two\"",
                            "final \"two\" 120-480 [w 120-480 0.9]",
                            "utterance ended 480",
                            "ended");
        }

        @Test
        void shouldSayNothingToATurnWithoutText() throws Dialect.Garbled {
            turn(0, "", false, false);
            turn(0, "", true, false);
            assertThat(hearing.take()).isEmpty();
        }

        @Test
        void shouldTellTheAnswerToAFlushOnce() throws Dialect.Garbled {
            dialect.flush(out);
            turn(0, "", true, false);
            turn(1, "", true, false);
            assertThat(hearing.take()).containsExactly("flushed");
        }

        @Test
        void shouldTellTheAnswerToAFlushInSilenceBeforeLaterSpeech() throws Dialect.Garbled {
            dialect.audio(new byte[120 * 8], out);
            dialect.flush(out);
            turn(0, "hi", false, false);
            turn(0, "hi", true, false);
            assertThat(hearing.take())
                    .containsExactly(
                            "flushed", "interim \"hi\"", "final \"hi\" 120-480 [w 120-480 0.9]", "utterance ended 480");
        }

        @Test
        void shouldTellTheAnswerToAFlushInSilenceWhenLaterSpeechBegins() throws Dialect.Garbled {
            dialect.audio(new byte[120 * 8], out);
            dialect.flush(out);
            receive("{\"type\":\"SpeechStarted\",\"timestamp\":120}");
            assertThat(hearing.take()).containsExactly("flushed", "speech started 120");
        }

        @Test
        void shouldTakeATurnThatBeganBeforeTheFlushForItsAnswer() throws Dialect.Garbled {
            dialect.audio(new byte[121 * 8], out);
            dialect.flush(out);
            turn(0, "hi", false, false);
            turn(0, "hi", true, false);
            assertThat(hearing.take())
                    .containsExactly(
                            "interim \"hi\"", "final \"hi\" 120-480 [w 120-480 0.9]", "utterance ended 480", "flushed");
        }

        @Test
        void shouldPassOnWarningsAndErrors() throws Dialect.Garbled {
            receive("{\"type\":\"Warning\",\"warning_code\":1,\"warning\":\"slow\"}");
            receive("{\"type\":\"Error\",\"error_code\":3005,\"error\":\"oh\"}");
            receive("{\"type\":\"Error\",\"error\":\"oh\"}");
            assertThat(hearing.take())
                    .containsExactly("warned warning 1: slow", "failed TRANSIENT 3005", "failed TRANSIENT 0");
        }

        @Test
        void shouldIgnoreNewsAndRefuseGarbage() throws Dialect.Garbled {
            receive("{\"type\":\"Heartbeat\",\"total_audio_received_ms\":5}");
            receive("{\"type\":\"SpeakerRevision\"}");
            receive("{}");
            assertThat(hearing.take()).isEmpty();
            assertThatThrownBy(() -> receive("{\"type\":\"Turn\",\"transcript\":\"x\"}"))
                    .isInstanceOf(Dialect.Garbled.class)
                    .hasMessageContaining("turn_order");
            assertThatThrownBy(() -> receive("x")).isInstanceOf(Dialect.Garbled.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3005, Server error, TRANSIENT",
        "3006, Input validation error, CONFIG",
        "3007, Audio chunk duration violation, AUDIO",
        "3008, Session expired, EXPIRED",
        "3009, Too many concurrent sessions, RATE_LIMIT",
        "1008, Unauthorized Connection, AUTH",
        "1008, Too many concurrent sessions, RATE_LIMIT",
        "1013, Temporary server condition, TRANSIENT",
        "4001, Not authorized, AUTH",
        "4002, Insufficient funds, QUOTA",
        "4003, paid-only, QUOTA",
        "4029, Client sent audio too fast, RATE_LIMIT",
        "4031, Session idle for too long, IDLE",
        "4100, invalid JSON, CONFIG",
        "4101, invalid schema, CONFIG",
        "4102, exceeded the number of allowed streams, RATE_LIMIT",
        "1006, '', TRANSIENT",
        "1011, '', TRANSIENT",
        "4999, new, TRANSIENT"
    })
    void shouldReadACodeAlikeInMessageAndClose(int code, String text, FailureKind kind) throws Dialect.Garbled {
        assertThat(dialect.onClosed(new Closing(code, text)).kind()).isEqualTo(kind);
        receive("{\"type\":\"Error\",\"error_code\":" + code + ",\"error\":\"" + text + "\"}");
        assertThat(hearing.take()).containsExactly("failed " + kind + " " + code);
    }

    @ParameterizedTest
    @CsvSource({"401, AUTH", "402, QUOTA", "429, RATE_LIMIT", "400, CONFIG", "503, TRANSIENT"})
    void shouldReadARefusalByItsStatus(int status, FailureKind kind) {
        assertThat(dialect.onRefused(new Refusal(status, Map.of(), "")).kind()).isEqualTo(kind);
    }
}
