package io.steadyline.websocket.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.websocket.twilio.CallTokens.Verdict;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CallTokensTest {

    /** A day in 2026; only differences matter. */
    private static final long ISSUED_MS = 1_790_000_000_000L;

    private static final String CALL = "CA0001";

    private final TokenKey key = TokenKey.random();
    private final CallTokens tokens = new CallTokens(key, 100);

    @ParameterizedTest
    @CsvSource({
        // ms from issue to use, verdict
        "-1000,  VALID",
        "0,      VALID",
        "59999,  VALID",
        "60000,  EXPIRED",
        "60001,  EXPIRED",
        "86400000, EXPIRED",
    })
    void shouldLiveForAMinute(long afterMs, Verdict verdict) {
        String token = tokens.issue(CALL, ISSUED_MS);
        assertThat(tokens.redeem(CALL, token, ISSUED_MS + afterMs)).isEqualTo(verdict);
    }

    @Test
    void shouldBeGoodForOneUse() {
        String token = tokens.issue(CALL, ISSUED_MS);
        assertThat(tokens.redeem(CALL, token, ISSUED_MS + 1)).isEqualTo(Verdict.VALID);
        assertThat(tokens.redeem(CALL, token, ISSUED_MS + 1)).isEqualTo(Verdict.USED);
        assertThat(tokens.redeem(CALL, token, ISSUED_MS + 59_999)).isEqualTo(Verdict.USED);
        assertThat(tokens.redeem(CALL, token, ISSUED_MS + 60_000)).isEqualTo(Verdict.EXPIRED);
    }

    @Test
    void shouldBeGoodForItsCallOnlyAndNotBeUsedUpByAnother() {
        String token = tokens.issue(CALL, ISSUED_MS);
        assertThat(tokens.redeem("CA0002", token, ISSUED_MS)).isEqualTo(Verdict.FOREIGN);
        assertThat(tokens.redeem("CA00011", token, ISSUED_MS)).isEqualTo(Verdict.FOREIGN);
        assertThat(tokens.redeem("", token, ISSUED_MS)).isEqualTo(Verdict.FOREIGN);
        assertThat(tokens.redeem(CALL, token, ISSUED_MS)).isEqualTo(Verdict.VALID);
    }

    @Test
    void shouldGiveACallAsManyAsItAsksFor() {
        String first = tokens.issue(CALL, ISSUED_MS);
        String second = tokens.issue(CALL, ISSUED_MS);
        assertThat(tokens.redeem(CALL, second, ISSUED_MS)).isEqualTo(Verdict.VALID);
        assertThat(tokens.redeem(CALL, first, ISSUED_MS)).isEqualTo(Verdict.VALID);
    }

    @Test
    void shouldNeverBeTheSame() {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            assertThat(all.add(tokens.issue(CALL, ISSUED_MS))).isTrue();
        }
        assertThat(all).allMatch(token -> token.matches("[A-Za-z0-9_-]{" + CallTokens.TOKEN_CHARS + "}"));
    }

    @Test
    void shouldNotBeGoodWithAnyOfItsCharactersChanged() {
        String token = tokens.issue(CALL, ISSUED_MS);
        for (int i = 0; i < token.length() - 1; i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(tokens.redeem(CALL, changed, ISSUED_MS)).as(changed).isEqualTo(Verdict.FOREIGN);
        }
    }

    /** The last character has two bits that mean nothing. */
    @Test
    void shouldBeUsedHoweverItsLastBitsAreWritten() {
        String token = tokens.issue(CALL, ISSUED_MS);
        assertThat(tokens.redeem(CALL, token, ISSUED_MS)).isEqualTo(Verdict.VALID);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        String begin = token.substring(0, token.length() - 1);
        for (int i = 0; i < alphabet.length(); i++) {
            assertThat(tokens.redeem(CALL, begin + alphabet.charAt(i), ISSUED_MS))
                    .isIn(Verdict.USED, Verdict.FOREIGN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "null", "a b", "\u0000", "é"})
    void shouldNotBeMadeUp(String text) {
        assertThat(tokens.redeem(CALL, text, ISSUED_MS)).isEqualTo(Verdict.FOREIGN);
        assertThat(tokens.redeem(CALL, text.repeat(CallTokens.TOKEN_CHARS), ISSUED_MS))
                .isEqualTo(Verdict.FOREIGN);
    }

    @Nested
    class AfterARestart {

        @Test
        void shouldBeGoodWithTheSameKey() {
            String token = tokens.issue(CALL, ISSUED_MS);
            CallTokens successor = new CallTokens(TokenKey.of(key.bytes()), 100);
            assertThat(successor.redeem(CALL, token, ISSUED_MS + 2_000)).isEqualTo(Verdict.VALID);
            assertThat(successor.redeem(CALL, token, ISSUED_MS + 2_000)).isEqualTo(Verdict.USED);
        }

        @Test
        void shouldBeForeignWithAnotherKey() {
            String token = tokens.issue(CALL, ISSUED_MS);
            CallTokens stranger = new CallTokens(TokenKey.random(), 100);
            assertThat(stranger.redeem(CALL, token, ISSUED_MS)).isEqualTo(Verdict.FOREIGN);
        }
    }

    @Nested
    class Memory {

        private final CallTokens small = new CallTokens(key, 2);

        @Test
        void shouldHoldNothingOfTokensThatWereNotUsedOrNotValid() {
            String token = small.issue(CALL, ISSUED_MS);
            small.redeem("CA0002", token, ISSUED_MS);
            small.redeem(CALL, token, ISSUED_MS + 60_000);
            assertThat(small.remembered()).isZero();
        }

        @Test
        void shouldRefuseWhenFullAndTakeAgainWhenTheOldestIsTooOld() {
            assertThat(redeemNew(ISSUED_MS)).isEqualTo(Verdict.VALID);
            assertThat(redeemNew(ISSUED_MS + 10_000)).isEqualTo(Verdict.VALID);
            assertThat(redeemNew(ISSUED_MS + 59_999)).isEqualTo(Verdict.TOO_MANY);
            assertThat(redeemNew(ISSUED_MS + 60_000)).isEqualTo(Verdict.VALID);
            assertThat(small.remembered()).isEqualTo(2);
        }

        @Test
        void shouldBeEmptyAMinuteAfterTheLastUse() {
            redeemNew(ISSUED_MS);
            redeemNew(ISSUED_MS);
            redeemNew(ISSUED_MS + 60_000);
            assertThat(small.remembered()).isOne();
        }

        private Verdict redeemNew(long nowMs) {
            return small.redeem(CALL, small.issue(CALL, nowMs), nowMs);
        }
    }

    @Test
    void shouldNotShowTheKey() {
        assertThat(key).hasToString("TokenKey[not shown]");
    }

    @Test
    void shouldNotBeBuiltFromNonsense() {
        assertThatThrownBy(() -> TokenKey.of(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("secret: 31 bytes (expected: 32)");
        assertThatThrownBy(() -> new CallTokens(key, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxUsed: 0 (expected: 1 or more)");
    }
}
