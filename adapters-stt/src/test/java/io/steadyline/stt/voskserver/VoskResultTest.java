package io.steadyline.stt.voskserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Hearing.Said;
import io.steadyline.stt.vendor.Hearing.SaidWord;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class VoskResultTest {

    private static Said said(String text) throws Dialect.Garbled {
        return ((VoskResult.Whole) VoskResult.read(text)).said();
    }

    @Test
    void shouldReadAPartial() throws Dialect.Garbled {
        assertThat(VoskResult.read("{\n  \"partial\" : \"one two\"\n}")).isEqualTo(new VoskResult.Partial("one two"));
    }

    @Test
    void shouldReadWordsWithTheirPlacesAndConfidences() throws Dialect.Garbled {
        assertThat(said("""
            {"result" : [{"conf" : 1.0, "end" : 1.11, "start" : 0.84, "word" : "one"},
                         {"conf" : 0.5, "end" : 1.53, "start" : 1.11, "word" : "two"}],
             "text" : "one two"}\
            """))
                .isEqualTo(new Said(
                        "one two",
                        840,
                        1_530,
                        OptionalDouble.empty(),
                        List.of(
                                new SaidWord("one", 840, 1_110, OptionalDouble.of(1.0)),
                                new SaidWord("two", 1_110, 1_530, OptionalDouble.of(0.5)))));
    }

    @Test
    void shouldReadTextAlone() throws Dialect.Garbled {
        assertThat(said("{\"text\" : \"one\"}"))
                .isEqualTo(new Said("one", Hearing.UNKNOWN, Hearing.UNKNOWN, OptionalDouble.empty(), List.of()));
    }

    @Test
    void shouldReadTheBestAlternativeWithoutItsScore() throws Dialect.Garbled {
        assertThat(said("""
            {"alternatives" : [{"confidence" : 211.3, "text" : "one",
                                "result" : [{"word" : "one", "start" : 0.2, "end" : 0.4}]},
                               {"confidence" : 200.1, "text" : "none"}]}\
            """))
                .isEqualTo(new Said(
                        "one",
                        200,
                        400,
                        OptionalDouble.empty(),
                        List.of(new SaidWord("one", 200, 400, OptionalDouble.empty()))));
    }

    @Test
    void shouldKnowAnEmptyResult() throws Dialect.Garbled {
        assertThat(((VoskResult.Whole) VoskResult.read("{\"text\" : \"\"}")).isEmpty())
                .isTrue();
        assertThat(((VoskResult.Whole) VoskResult.read("{\"alternatives\" : []}")).isEmpty())
                .isTrue();
    }

    @Test
    void shouldCallAnythingElseGarbled() {
        assertThatThrownBy(() -> VoskResult.read("{\"spk\" : [1]}"))
                .isInstanceOf(Dialect.Garbled.class)
                .hasMessage("result: without text, partial and alternatives (expected: one of them)");
    }
}
