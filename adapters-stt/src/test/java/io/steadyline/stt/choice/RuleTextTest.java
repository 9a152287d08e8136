package io.steadyline.stt.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.media.AudioFormat;
import io.steadyline.port.SttSpec;
import io.steadyline.signal.CallId;
import io.steadyline.stt.choice.ChoiceRule.Condition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTextTest {

    @Test
    void shouldReadRulesByLinesAndSemicolons() {
        List<ChoiceRule> rules = RuleText.parse("""
            dialect=twilio  to=+49* -> vendors=google,builtin language=de-DE;tenant="a b" -> hints="x, y;z"

            a=1->b -> c=d
            """);
        assertThat(rules)
                .containsExactly(
                        new ChoiceRule(
                                List.of(new Condition("dialect", "twilio"), new Condition("to", "+49*")),
                                List.of("google", "builtin"),
                                Map.of("language", "de-DE")),
                        new ChoiceRule(List.of(new Condition("tenant", "a b")), List.of(), Map.of("hints", "x, y;z")),
                        new ChoiceRule(List.of(new Condition("a", "1->b")), List.of(), Map.of("c", "d")));
    }

    @Test
    void shouldReadNothingAsNoRule() {
        assertThat(RuleText.parse(" \n;; \n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "to=+49 | rule: to=+49 (expected: conditions, ->, and what such calls get)",
                "-> language=de | rule: -> language=de (expected: conditions, ->, and what such calls get)",
                "to=1 -> | rule: to=1 -> (expected: conditions, ->, and what such calls get)",
                "to -> a=b | rule: to -> a=b: to (expected: name=value)",
                "to= -> a=b | rule: to= -> a=b: to= (expected: name=value)",
                "to=1 -> =b | rule: to=1 -> =b: =b (expected: name=value)",
                "to=1 to=2 -> a=b | rule: to=1 to=2 -> a=b: to=2 (expected: each name once)",
                "to=\"1 -> a=b | a quote is open (expected: a second one)"
            })
    void shouldNameWhatItCannotRead(String text, String message) {
        assertThatThrownBy(() -> RuleText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "abc,   abc,     true",
        "abc,   abcd,    false",
        "abc*,  abc,     true",
        "abc*,  abcd,    true",
        "*bc,   abc,     true",
        "*bc,   abcd,    false",
        "a*c,   ac,      true",
        "a*c,   abcd,    false",
        "a*a,   a,       false",
        "*,     anything,true",
        "*b*,   abc,     true",
        "*b*d*, abcde,   true",
        "*b*d*, adcbe,   false",
        "a.c,   abc,     false"
    })
    void shouldMatchTheWholeValue(String pattern, String value, boolean holds) {
        SttSpec call = new SttSpec(new CallId("CA1"), AudioFormat.MULAW_8K, "", Map.of("parameter.p", value));
        assertThat(new Condition("p", pattern).holds(call)).isEqualTo(holds);
        assertThat(new Condition("q", pattern).holds(call)).isFalse();
    }
}
