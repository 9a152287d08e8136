package io.steadyline.websocket.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors of the public SDKs' tests for webhooks, and vectors cross-checked with the SDK for the upgrade. */
final class TwilioSignatureTest {

    private static final String TOKEN = "12345";
    private static final TwilioSignature SIGNATURE = new TwilioSignature(TOKEN, null);

    private static final String WEBHOOK = "https://mycompany.com/myapp.php?foo=1&bar=2";
    private static final String WEBHOOK_SIGNATURE = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
    private static final FormBody FORM = new FormBody(Map.of(
            "CallSid", List.of("CA1234567890ABCDE"),
            "Caller", List.of("+14158675309"),
            "Digits", List.of("1234"),
            "From", List.of("+14158675309"),
            "To", List.of("+18005551212")));

    private static final String STREAM = "wss://gw.example.com/twilio/stream";
    private static final String STREAM_SIGNATURE = "6kSFM47d6TDx1JKKQp6JOiRv5eY=";

    @Nested
    class AForm {
        @ParameterizedTest
        @CsvSource({
            "https://mycompany.com/myapp.php?foo=1&bar=2,      RSOYDt4T1cUTdK1PDd93/VVr8B8=",
            "https://mycompany.com:443/myapp.php?foo=1&bar=2,  kvajT1Ptam85bY51eRf/AJRuM3w=",
            "http://mycompany.com:80/myapp.php?foo=1&bar=2,    0ZXoZLH/DfblKGATFgpif+LLRf4=",
            "http://mycompany.com:1234/myapp.php?foo=1&bar=2,  Zmvh+3yNM1Phv2jhDCwEM3q5ebU=",
        })
        void shouldMatchThePublicVectors(String url, String signature) {
            assertThat(SIGNATURE.matchesForm(url, FORM, signature)).isTrue();
        }

        @ParameterizedTest
        @CsvSource({
            "https://mycompany.com:443/myapp.php?foo=1&bar=2, RSOYDt4T1cUTdK1PDd93/VVr8B8=",
            "https://mycompany.com:8443/myapp.php?foo=1&bar=2, RSOYDt4T1cUTdK1PDd93/VVr8B8=",
            "https://mycompany.com/myapp.php?foo=1&bar=2, kvajT1Ptam85bY51eRf/AJRuM3w=",
            "http://mycompany.com/myapp.php?foo=1&bar=2, 0ZXoZLH/DfblKGATFgpif+LLRf4=",
        })
        void shouldTryWithoutPortAndWithTheDefaultPort(String configured, String signature) {
            assertThat(SIGNATURE.matchesForm(configured, FORM, signature)).isTrue();
        }

        @Test
        void shouldSortNamesByCaseAndValuesOfOneNameOnce() {
            FormBody repeated = new FormBody(Map.of("b", List.of("2", "1", "2"), "B", List.of("3")));
            FormBody tidy = new FormBody(Map.of("b", List.of("1", "2"), "B", List.of("3")));
            String url = "https://gw.example.com/twilio/voice";
            // HMAC-SHA1 of url + "B3b1b2", computed outside.
            String signature = "xF04KAIeWGJbdCYoycSMwObHE7Q=";
            assertThat(SIGNATURE.matchesForm(url, repeated, signature)).isTrue();
            assertThat(SIGNATURE.matchesForm(url, tidy, signature)).isTrue();
        }

        @Test
        void shouldRejectAnyChange() {
            String shouting = "https://MYCOMPANY.com/myapp.php?foo=1&bar=2";
            assertThat(SIGNATURE.matchesForm(shouting, FORM, WEBHOOK_SIGNATURE)).isFalse();
            assertThat(SIGNATURE.matchesForm(WEBHOOK + "&c=3", FORM, WEBHOOK_SIGNATURE))
                    .isFalse();
            assertThat(SIGNATURE.matchesForm(WEBHOOK, FormBody.empty(), WEBHOOK_SIGNATURE))
                    .isFalse();
            assertThat(SIGNATURE.matchesGet(WEBHOOK, WEBHOOK_SIGNATURE)).isFalse();
        }
    }

    @Nested
    class AnotherBody {
        private static final String HASH = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
        private static final String URL = WEBHOOK + "&bodySHA256=" + HASH;
        private static final String URL_SIGNATURE = "a9nBmqA0ju/hNViExpshrM61xv4=";
        private static final byte[] BODY =
                "{\"property\": \"value\", \"boolean\": true}".getBytes(StandardCharsets.UTF_8);

        @ParameterizedTest
        @CsvSource({
            "https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=, a9nBmqA0ju/hNViExpshrM61xv4=",
            "https://mycompany.com/myapp.php?bodySHA256=, y77kIzt2vzLz71DgmJGsen2scGs=",
        })
        void shouldMatchThePublicVectors(String url, String signature) {
            assertThat(SIGNATURE.matchesBody(url + HASH, BODY, signature)).isTrue();
        }

        @Test
        void shouldRejectABodyThatTheUrlDoesNotName() {
            byte[] other = "{\"property\": \"value\"}".getBytes(StandardCharsets.UTF_8);
            assertThat(SIGNATURE.matchesBody(URL, other, URL_SIGNATURE)).isFalse();
            assertThat(SIGNATURE.matchesBody(URL, new byte[0], URL_SIGNATURE)).isFalse();
        }

        @Test
        void shouldRejectAUrlWithoutAHash() {
            String signature = STREAM_SIGNATURE;
            assertThat(SIGNATURE.matchesBody(STREAM, BODY, signature)).isFalse();
            assertThat(SIGNATURE.matchesBody(STREAM, new byte[0], signature)).isFalse();
            assertThat(SIGNATURE.matchesBody(WEBHOOK + "&bodySHA256=zz", new byte[0], signature))
                    .isFalse();
        }
    }

    @Nested
    class TheUpgrade {
        @ParameterizedTest
        @CsvSource({
            "wss://gw.example.com/twilio/stream,     6kSFM47d6TDx1JKKQp6JOiRv5eY=",
            "wss://gw.example.com/twilio/stream/,    p5vpiU/HXhN4hxSWcE+4q6vUlIY=",
            "wss://gw.example.com:443/twilio/stream, 4Kf+szoV9nEKzs3xBopJ+V8pKbM=",
            "wss://gw.example.com/twilio/stream,     4Kf+szoV9nEKzs3xBopJ+V8pKbM=",
            "wss://gw.example.com:443/twilio/stream, 6kSFM47d6TDx1JKKQp6JOiRv5eY=",
            "wss://gw.example.com:8443/twilio/stream, 6kSFM47d6TDx1JKKQp6JOiRv5eY=",
        })
        void shouldMatchTheVectors(String url, String signature) {
            assertThat(SIGNATURE.matchesGet(url, signature)).isTrue();
        }

        @Test
        void shouldRejectTheSignatureOfTheHttpsUrl() {
            assertThat(SIGNATURE.matchesGet(STREAM, "PBYDnLmkgGYJy2Vmsrlvbm+cNYE="))
                    .isFalse();
            assertThat(SIGNATURE.matchesGet("https://gw.example.com/twilio/stream", "PBYDnLmkgGYJy2Vmsrlvbm+cNYE="))
                    .isTrue();
        }

        @Test
        void shouldRejectASlashMore() {
            assertThat(SIGNATURE.matchesGet(STREAM + "/", STREAM_SIGNATURE)).isFalse();
        }

        @ParameterizedTest
        @NullSource
        @ValueSource(
                strings = {"", " ", "6kSFM47d6TDx1JKKQp6JOiRv5eY", "6kSFM47d6TDx1JKKQp6JOiRv5eY= ", "é", "\0", "===="})
        void shouldRejectWhatIsNotTheSignature(String signature) {
            assertThat(SIGNATURE.matchesGet(STREAM, signature)).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "gw.example.com", "wss://", "://", "wss://[::1]:443/x", "ftp://a:1/b", "wss://:/"})
        void shouldRejectWithWhateverUrl(String url) {
            assertThat(SIGNATURE.matchesGet(url, STREAM_SIGNATURE)).isFalse();
        }
    }

    @Nested
    class TwoTokens {
        @Test
        void shouldTakeEitherWhileTheyAreChanged() {
            assertThat(new TwilioSignature("new-token", TOKEN).matchesGet(STREAM, STREAM_SIGNATURE))
                    .isTrue();
            assertThat(new TwilioSignature(TOKEN, "old-token").matchesGet(STREAM, STREAM_SIGNATURE))
                    .isTrue();
            assertThat(new TwilioSignature("new-token", "old-token").matchesGet(STREAM, STREAM_SIGNATURE))
                    .isFalse();
        }

        @Test
        void shouldNotBeBuiltWithoutAToken() {
            assertThatThrownBy(() -> new TwilioSignature("", null))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("primaryToken: blank (expected: the account's auth token)");
            assertThatThrownBy(() -> new TwilioSignature(TOKEN, " "))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("secondaryToken: blank");
        }
    }
}
