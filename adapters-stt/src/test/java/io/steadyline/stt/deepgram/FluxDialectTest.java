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
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FluxDialectTest {

    private final FluxDialect dialect = new FluxDialect(VendorAudio.MULAW_8K);
    private final OutletLog out = new OutletLog();
    private final HearingLog hearing = new HearingLog();

    private void receive(String text) throws Dialect.Garbled {
        dialect.onText(text, out, hearing);
    }

    private void turn(String event, String transcript) throws Dialect.Garbled {
        receive("""
            {"type":"TurnInfo","request_id":"r","sequence_id":3,"event":"%s","turn_index":0,
             "audio_window_start":0.4,"audio_window_end":1.2,"transcript":"%s","words":[],
             "end_of_turn_confidence":0.9}\
            """.formatted(event, transcript));
    }

    @Test
    void shouldBeReadyOnceAndOnlyWhenConnected() throws Dialect.Garbled {
        dialect.onOpened(out, hearing);
        assertThat(hearing.take()).isEmpty();
        receive("{\"type\":\"Connected\",\"request_id\":\"r-7\",\"sequence_id\":0}");
        receive("{\"type\":\"Connected\",\"request_id\":\"r-7\",\"sequence_id\":0}");
        assertThat(hearing.take()).containsExactly("ready r-7");
        assertThat(out.take()).isEmpty();
    }

    @Test
    void shouldSendAudioAsItIsAndControlAsText() {
        dialect.audio(new byte[640], out);
        dialect.flush(out);
        dialect.endOfInput(out);
        assertThat(out.take())
                .containsExactly("<640 bytes>", "{\"type\":\"ForceEndTurn\"}", "{\"type\":\"CloseStream\"}");
    }

    @Test
    void shouldForceTheEndOfAnOpenTurnAtTheEndOfInput() throws Dialect.Garbled {
        turn("Update", "hello");
        dialect.endOfInput(out);
        assertThat(out.take()).containsExactly("{\"type\":\"ForceEndTurn\"}", "{\"type\":\"CloseStream\"}");
    }

    @Test
    void shouldTellATurnFromItsStartToItsEnd() throws Dialect.Garbled {
        turn("StartOfTurn", "hi");
        turn("Update", "hi there");
        turn("EagerEndOfTurn", "hi there");
        turn("TurnResumed", "hi there");
        turn("Update", "hi there you");
        turn("EndOfTurn", "hi there you");
        assertThat(hearing.take())
                .containsExactly(
                        "speech started 400",
                        "interim \"hi\"",
                        "interim \"hi there\"",
                        "interim \"hi there\"",
                        "interim \"hi there\"",
                        "interim \"hi there you\"",
                        "final \"hi there you\" 400-1200 []",
                        "utterance ended 1200");
    }

    @Test
    void shouldSayNothingToUpdatesOfSilence() throws Dialect.Garbled {
        turn("Update", "");
        turn("EndOfTurn", "");
        assertThat(hearing.take()).isEmpty();
    }

    @Test
    void shouldTellTheAnswerToAFlushOnce() throws Dialect.Garbled {
        dialect.flush(out);
        turn("EndOfTurn", "hi");
        turn("EndOfTurn", "you");
        assertThat(hearing.take())
                .containsExactly(
                        "final \"hi\" 400-1200 []",
                        "utterance ended 1200",
                        "flushed",
                        "final \"you\" 400-1200 []",
                        "utterance ended 1200");
    }

    @Test
    void shouldTakeSilenceUpToTheFlushForItsAnswerWhenNoTurnIsOpen() throws Dialect.Garbled {
        dialect.audio(new byte[1_200 * 8], out);
        dialect.flush(out);
        turn("Update", "");
        turn("StartOfTurn", "");
        turn("EndOfTurn", "hi");
        assertThat(hearing.take())
                .containsExactly("flushed", "speech started 400", "final \"hi\" 400-1200 []", "utterance ended 1200");
    }

    @Test
    void shouldNotTakeSilenceBeforeTheFlushForItsAnswer() throws Dialect.Garbled {
        dialect.audio(new byte[1_201 * 8], out);
        dialect.flush(out);
        turn("Update", "");
        turn("StartOfTurn", "");
        turn("Update", "");
        turn("EndOfTurn", "hi");
        assertThat(hearing.take())
                .containsExactly("speech started 400", "final \"hi\" 400-1200 []", "utterance ended 1200", "flushed");
    }

    @Test
    void shouldTellWordsWithTheTimesThatTheyHave() throws Dialect.Garbled {
        receive("""
            {"type":"TurnInfo","event":"EndOfTurn","audio_window_start":0,"audio_window_end":1,
             "transcript":"hi you","words":[{"word":"hi","confidence":0.9,"start":0.2,"end":0.4},
             {"word":"you","confidence":0.8}]}\
            """);
        assertThat(hearing.take())
                .containsExactly("final \"hi you\" 200-1000 [hi 200-400 0.9, you -1--1 0.8]", "utterance ended 1000");
    }

    @Test
    void shouldLiveWithoutFieldsAndWithNews() throws Dialect.Garbled {
        receive("{\"type\":\"TurnInfo\"}");
        receive("{\"type\":\"TurnInfo\",\"event\":\"EndOfTurn\"}");
        receive("{\"type\":\"ConfigureSuccess\"}");
        receive("{\"type\":\"News\"}");
        assertThat(hearing.take()).isEmpty();
        assertThatThrownBy(() -> receive("news")).isInstanceOf(Dialect.Garbled.class);
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_AUTH, AUTH",
        "INSUFFICIENT_PERMISSIONS, AUTH",
        "ASR_PAYMENT_REQUIRED, QUOTA",
        "TOO_MANY_REQUESTS, RATE_LIMIT",
        "DATA-0000, AUDIO",
        "NET-0001, IDLE",
        "NET-0000, TRANSIENT",
        "INTERNAL_SERVER_ERROR, TRANSIENT"
    })
    void shouldReadAnErrorByItsCode(String code, FailureKind kind) throws Dialect.Garbled {
        receive("{\"type\":\"Error\",\"sequence_id\":1,\"code\":\"" + code + "\",\"description\":\"d\"}");
        assertThat(hearing.take()).containsExactly("failed " + kind + " " + code);
    }

    @Test
    void shouldReadClosesAndRefusalsAsTheOtherInterfaceDoes() {
        assertThat(dialect.onClosed(new Closing(1005, "")).kind()).isEqualTo(FailureKind.TRANSIENT);
        assertThat(dialect.onClosed(new Closing(1011, "NET-0001")).kind()).isEqualTo(FailureKind.IDLE);
        assertThat(dialect.onRefused(new Refusal(402, Map.of(), "")).kind()).isEqualTo(FailureKind.QUOTA);
    }
}
