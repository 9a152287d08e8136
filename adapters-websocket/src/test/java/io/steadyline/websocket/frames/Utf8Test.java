package io.steadyline.websocket.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "true, 7F, the last character of one byte",
        "true, C2 80, the first of two",
        "true, DF BF, the last of two",
        "true, E0 A0 80, the first of three",
        "true, ED 9F BF, the last before the surrogates",
        "true, EE 80 80, the first behind the surrogates",
        "true, EF BF BF, the last of three",
        "true, F0 90 80 80, the first of four",
        "true, F4 8F BF BF, the last there is",
        "false, 80, a continuation alone",
        "false, BF, a continuation alone",
        "false, C0 80, zero in two bytes",
        "false, C1 BF, overlong: two for one",
        "false, E0 80 80, zero in three bytes",
        "false, E0 9F BF, overlong: three for two",
        "false, F0 80 80 80, zero in four bytes",
        "false, F0 8F BF BF, overlong: four for three",
        "false, ED A0 80, the first high surrogate",
        "false, ED AF BF, the last high surrogate",
        "false, ED B0 80, the first low surrogate",
        "false, ED BF BF, the last low surrogate",
        "false, ED A0 81 ED B0 81, a pair of surrogates",
        "false, F4 90 80 80, behind the last there is",
        "false, F5 80 80 80, a lead that leads nowhere",
        "false, F8 88 80 80 80, five bytes",
        "false, FC 84 80 80 80 80, six bytes",
        "false, FE, never used",
        "false, FF, never used",
        "false, C2, cut after one of two",
        "false, E2 82, cut after two of three",
        "false, F0 9F 98, cut after three of four",
        "false, C2 41, no continuation",
        "false, E2 82 41, no second continuation",
        "false, F0 9F 98 41, no third continuation",
        "false, E2 28 A1, the middle is no continuation",
    })
    void shouldKnowTheBoundaries(boolean valid, String hex, String what) {
        byte[] character = bytes(hex);
        for (int before = 0; before < 18; before++) {
            for (int after = 0; after < 10; after++) {
                byte[] text = Wire.join(Wire.letters(before), character, Wire.letters(after));
                assertThat(Utf8.isValid(text, 0, text.length))
                        .as("%s, behind %d letters, before %d", what, before, after)
                        .isEqualTo(valid);
            }
        }
    }

    @Test
    void shouldTakeEveryCharacterThereIs() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                byte[] bytes = Character.toString(point).getBytes(StandardCharsets.UTF_8);
                assertThat(Utf8.isValid(bytes, 0, bytes.length)).isTrue();
            }
        }
    }

    @Test
    void shouldLookOnlyBetweenItsBounds() {
        byte[] bytes = Wire.bytes(0xff, 'a', 0xc2, 0x80, 0x80);
        assertThat(Utf8.isValid(bytes, 1, 3)).isTrue();
        assertThat(Utf8.isValid(bytes, 1, 2)).isFalse();
        assertThat(Utf8.isValid(bytes, 1, 4)).isFalse();
        assertThat(Utf8.isValid(bytes, 5, 0)).isTrue();
    }

    @Test
    void shouldAgreeWithTheDecoderOfTheJdkOnRandomBytes() {
        Seeds.forEach(20_000, (seed, random) -> {
            byte[] bytes = random.nextBoolean() ? noise(random) : nearlyText(random);
            assertThat(Utf8.isValid(bytes, 0, bytes.length)).isEqualTo(NaiveDecoder.isUtf8(bytes));
        });
    }

    private static byte[] noise(RandomGenerator random) {
        byte[] bytes = new byte[random.nextInt(6)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Text with at most one byte changed, or cut somewhere. */
    private static byte[] nearlyText(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        int characters = 1 + random.nextInt(20);
        for (int i = 0; i < characters; i++) {
            int bits = 1 + random.nextInt(21);
            int point = random.nextInt(Math.min(1 << bits, Character.MAX_CODE_POINT + 1));
            text.appendCodePoint(point >= 0xd800 && point <= 0xdfff ? 'a' : point);
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextBoolean()) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.ofDelimiter(" ").parseHex(hex);
    }
}
