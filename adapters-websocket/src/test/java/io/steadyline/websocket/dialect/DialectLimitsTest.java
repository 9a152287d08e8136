package io.steadyline.websocket.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DialectLimitsTest {

    private static DialectLimits withMessage(int bytes, int depth, int stringChars, int payloadBytes, int parameters) {
        return new DialectLimits(bytes, depth, 2_000, stringChars, 64, 20, payloadBytes, parameters, 499, 64, 128);
    }

    @Test
    void shouldHoldADefaultPayloadInADefaultStringInADefaultMessage() {
        DialectLimits limits = DialectLimits.defaults();
        assertThat((limits.payloadBytes() + 2) / 3 * 4).isLessThanOrEqualTo(limits.stringChars());
        assertThat(limits.stringChars()).isLessThan(limits.messageBytes());
        assertThat(limits).isEqualTo(withMessage(65_536, 8, 49_152, 32_768, 64));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1023; 8; 1000; 160; 64; messageBytes: 1023 (expected: 1024 to 1048576)",
                "65536; 3; 49152; 32768; 64; depth: 3 (expected: 4 to 64)",
                "65536; 8; 65537; 32768; 64; stringChars: 65537 (expected: 256 to 65536)",
                "65536; 8; 40000; 32768; 64; payloadBytes: 32768 (expected: 160 to 30000)",
                "65536; 8; 49152; 32768; -1; parameters: -1 (expected: 0 to 1000)",
            })
    void shouldRefuseLimitsThatDoNotFit(
            int bytes, int depth, int stringChars, int payloadBytes, int parameters, String message) {
        assertThatThrownBy(() -> withMessage(bytes, depth, stringChars, payloadBytes, parameters))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
