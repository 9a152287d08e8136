package io.steadyline.websocket.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.steadyline.websocket.twilio.FormBody.Malformed;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FormBodyTest {

    private static FormBody parse(String body) throws Malformed {
        return FormBody.parse(body.getBytes(UTF_8));
    }

    private static String fields(int count) {
        return IntStream.range(0, count).mapToObj(i -> "f" + i + "=1").collect(Collectors.joining("&"));
    }

    @Test
    void shouldReadFieldsInTheirOrder() throws Malformed {
        FormBody form = parse("To=%2B18005551212&From=%2b1&City=San+Jos%C3%A9&Empty=&Bare&a%3Db=c=d&To=second");
        assertThat(form.fields())
                .containsExactly(
                        entry("To", List.of("+18005551212", "second")),
                        entry("From", List.of("+1")),
                        entry("City", List.of("San José")),
                        entry("Empty", List.of("")),
                        entry("Bare", List.of("")),
                        entry("a=b", List.of("c=d")));
        assertThat(form.first("To")).isEqualTo("+18005551212");
        assertThat(form.first("Absent")).isEmpty();
    }

    @Test
    void shouldTakeAnEmptyBody() throws Malformed {
        assertThat(parse("")).isEqualTo(FormBody.empty());
        assertThat(parse("&&").fields()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a=%, value of a: a '%' alone (expected: '%' and two hex digits)",
        "a=%4, value of a: a '%' alone (expected: '%' and two hex digits)",
        "a=%4&b=1, value of a: a '%' alone (expected: '%' and two hex digits)",
        "a=%zz, value of a: a '%' alone (expected: '%' and two hex digits)",
        "%=a, name: a '%' alone (expected: '%' and two hex digits)",
        "a=%ff, value of a: no UTF-8 (expected: percent-encoded UTF-8)",
        "%0a=%c0%af, value of \\u000a: no UTF-8 (expected: percent-encoded UTF-8)",
    })
    void shouldSayWhatIsWrong(String body, String message) {
        assertThatThrownBy(() -> parse(body)).isInstanceOf(Malformed.class).hasMessage(message);
    }

    @Test
    void shouldKeepToItsLimits() throws Malformed {
        assertThat(parse(fields(100)).fields()).hasSize(100);
        assertThatThrownBy(() -> parse(fields(101)))
                .isInstanceOf(Malformed.class)
                .hasMessage("fields: more than 100 (expected: at most 100)");
        assertThat(parse("a=" + "b".repeat(16_382)).first("a")).hasSize(16_382);
        assertThatThrownBy(() -> parse("a=" + "b".repeat(16_383)))
                .isInstanceOf(Malformed.class)
                .hasMessage("body: 16385 bytes (expected: at most 16384)");
    }

    @Test
    void shouldAnswerToAnyBytes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] body = new byte[random.nextInt(40)];
            for (int k = 0; k < body.length; k++) {
                body[k] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : "%&=+4fA".charAt(random.nextInt(7)));
            }
            try {
                assertThat(FormBody.parse(body).fields().size()).isLessThanOrEqualTo(40);
            } catch (Malformed e) {
                assertThat(String.valueOf(e.getMessage())).as("seed %d", seed).contains(" (expected: ");
            }
        }
    }
}
