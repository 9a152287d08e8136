package io.steadyline.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The public vectors of the provider's own libraries, and upgrade URLs that were checked with one of them. */
class TwilioSignatureTest {

    private static final String TOKEN = "12345";

    private static final Map<String, String> PARAMETERS = Map.of(
            "CallSid", "CA1234567890ABCDE",
            "Caller", "+14158675309",
            "Digits", "1234",
            "From", "+14158675309",
            "To", "+18005551212");

    @ParameterizedTest
    @CsvSource({
        "https://mycompany.com/myapp.php?foo=1&bar=2, RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        "https://mycompany.com:443/myapp.php?foo=1&bar=2, kvajT1Ptam85bY51eRf/AJRuM3w=",
        "http://mycompany.com:80/myapp.php?foo=1&bar=2, 0ZXoZLH/DfblKGATFgpif+LLRf4=",
        "http://mycompany.com:1234/myapp.php?foo=1&bar=2, Zmvh+3yNM1Phv2jhDCwEM3q5ebU="
    })
    void shouldSignFormsAsTheProviderDoes(String url, String signature) {
        assertThat(TwilioSignature.of(TOKEN, url, PARAMETERS)).isEqualTo(signature);
    }

    @ParameterizedTest
    @CsvSource({
        "wss://gw.example.com/twilio/stream, 6kSFM47d6TDx1JKKQp6JOiRv5eY=",
        "wss://gw.example.com/twilio/stream/, p5vpiU/HXhN4hxSWcE+4q6vUlIY=",
        "wss://gw.example.com:443/twilio/stream, 4Kf+szoV9nEKzs3xBopJ+V8pKbM=",
        "https://gw.example.com/twilio/stream, PBYDnLmkgGYJy2Vmsrlvbm+cNYE="
    })
    void shouldSignUpgradesAsTheProviderDoes(String url, String signature) {
        assertThat(TwilioSignature.of(TOKEN, url)).isEqualTo(signature);
    }
}
