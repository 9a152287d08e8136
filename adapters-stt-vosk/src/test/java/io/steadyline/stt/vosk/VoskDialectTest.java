package io.steadyline.stt.vosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.HearingLog;
import io.steadyline.stt.vendor.OutletLog;
import io.steadyline.stt.vendor.Refusal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VoskDialectTest {

    private final VoskDialect dialect = new VoskDialect();
    private final OutletLog out = new OutletLog();
    private final HearingLog hearing = new HearingLog();

    private void receive(String text) throws Dialect.Garbled {
        dialect.onText(text, out, hearing);
    }

    @Test
    void shouldBeReadyAtOnceAndSendAudioAsItIs() {
        dialect.onOpened(out, hearing);
        dialect.audio(new byte[320], out);
        dialect.flush(out);
        dialect.endOfInput(out);

        assertThat(hearing.lines()).containsExactly("ready ");
        assertThat(out.take()).containsExactly("<320 bytes>", "{\"flush\":true}", "<close>");
    }

    @Test
    void shouldTellInterimsAndFinalsWithTheirWords() throws Dialect.Garbled {
        receive("{\"partial\" : \"one zero\"}");
        receive("""
            {"result" : [{"conf" : 0.75, "end" : 1.11, "start" : 0.84, "word" : "one"},
             {"conf" : 1.0, "end" : 1.53, "start" : 1.11, "word" : "zero"}], "text" : "one zero"}\
            """);

        assertThat(hearing.lines())
                .containsExactly(
                        "interim \"one zero\"", "final \"one zero\" 840-1530 [one 840-1110 0.75, zero 1110-1530 1.0]");
    }

    @Test
    void shouldTellAFlushAfterItsFinal() throws Dialect.Garbled {
        receive("{\"text\" : \"one\"}");
        receive(VoskDialect.FLUSH);

        assertThat(hearing.lines()).containsExactly("final \"one\" -1--1 []", "flushed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"partial\" : \"\"}", "{\"text\" : \"\"}", "{\"text\" : \" \"}"})
    void shouldHearNothingInAMessageWithoutText(String message) throws Dialect.Garbled {
        receive(message);

        assertThat(hearing.lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "partial", "[1]", "{}", "{\"text\"", "{\"spk\":[1]}"})
    void shouldNotReadWhatIsNotItsLanguage(String message) {
        assertThatThrownBy(() -> receive(message)).isInstanceOf(Dialect.Garbled.class);
    }

    @Test
    void shouldTellItsOwnEndFromOthers() {
        assertThat(dialect.onClosed(new Closing(Closing.COMPLETE, "")).kind()).isEqualTo(FailureKind.TRANSIENT);
        dialect.endOfInput(out);
        assertThat(dialect.onClosed(new Closing(Closing.COMPLETE, "")).kind()).isEqualTo(FailureKind.LOCAL);
        assertThat(dialect.onRefused(new Refusal(0, Map.of(), "model: x")).kind())
                .isEqualTo(FailureKind.CONFIG);
        assertThat(dialect.onRefused(new Refusal(0, Map.of(), "model: x")).message())
                .isEqualTo("model: x");
    }
}
