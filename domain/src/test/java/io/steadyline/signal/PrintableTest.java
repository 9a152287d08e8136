package io.steadyline.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.testkit.Seeds;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

    @Nested
    class Escapes {

        @ParameterizedTest
        @ValueSource(strings = {"", "CA0123", "käse & 日本 🎧", " ~\u00a0\u2027\u202a"})
        void shouldLeavePrintableTextAsItIs(String text) {
            assertThat(Printable.of(text)).isEqualTo(text);
        }

        @ParameterizedTest
        @CsvSource({
            "0, \\u0000",
            "9, \\u0009",
            "10, \\u000a",
            "13, \\u000d",
            "27, \\u001b",
            "31, \\u001f",
            "127, \\u007f",
            "128, \\u0080",
            "133, \\u0085",
            "159, \\u009f",
            "8232, \\u2028",
            "8233, \\u2029"
        })
        void shouldEscapeWhatCouldBreakALine(int character, String escape) {
            assertThat(Printable.of("a" + (char) character + "b")).isEqualTo("a" + escape + "b");
        }

        @Test
        void shouldKeepAForgedLogEntryOnOneLine() {
            assertThat(Printable.of("x\r\n12:00 ERROR all is lost"))
                    .isEqualTo("x\\u000d\\u000a12:00 ERROR all is lost");
        }

        @Test
        void shouldNeverGiveAControlCharacter() {
            Seeds.forEach(2_000, (seed, random) -> {
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < random.nextInt(80); i++) {
                    text.append((char) random.nextInt(random.nextBoolean() ? 0xA0 : 0x10000));
                }
                String printable = Printable.of(text.toString());
                assertThat(printable.chars())
                        .noneMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029');
                assertThat(printable.length()).isLessThanOrEqualTo(6 * 64 + 1);
            });
        }
    }

    @Nested
    class Limits {

        @ParameterizedTest
        @ValueSource(ints = {63, 64})
        void shouldKeepUpTo64Characters(int chars) {
            String text = "x".repeat(chars);
            assertThat(Printable.of(text)).isEqualTo(text);
        }

        @Test
        void shouldCutFrom65CharactersAndSaySo() {
            assertThat(Printable.of("x".repeat(64) + "y")).isEqualTo("x".repeat(64) + "…");
        }

        @Test
        void shouldCountTheCharactersOfTheOriginal() {
            assertThat(Printable.of("\n".repeat(64))).isEqualTo("\\u000a".repeat(64));
            assertThat(Printable.of("\n".repeat(65))).isEqualTo("\\u000a".repeat(64) + "…");
        }

        @ParameterizedTest
        @CsvSource({"abc, 3, abc", "abcd, 3, abc…", "ab, 3, ab", "a, 0, …", "'', 0, ''"})
        void shouldCutAfterTheLimitThatIsGiven(String text, int maxChars, String expected) {
            assertThat(Printable.of(text, maxChars)).isEqualTo(expected);
        }
    }
}
