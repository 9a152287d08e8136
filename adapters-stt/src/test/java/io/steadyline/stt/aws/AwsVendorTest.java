package io.steadyline.stt.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.VendorAudio;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsVendorTest {

    private static final Map<String, String> KEYS = Map.of("access-key", "AKID/1", "secret-key", "secret");

    private final AwsVendor vendor = new AwsVendor();

    private Route.WebSocket route(Map<String, String> more) {
        Map<String, String> given = new HashMap<>(KEYS);
        given.putAll(more);
        return (Route.WebSocket) vendor.route(Openings.of(vendor, given));
    }

    @Test
    void shouldGoToTheRegion() {
        Route.WebSocket route = route(Map.of("region", "eu-central-1"));
        assertThat(route.toString())
                .isEqualTo("wss://transcribestreaming.eu-central-1.amazonaws.com:8443/stream-transcription-websocket");
        assertThat(route.headers()).isEmpty();
        assertThat(Openings.query(route.uri()))
                .containsEntry("language-code", "en-US")
                .containsEntry("media-encoding", "pcm")
                .containsEntry("sample-rate", "8000")
                .containsEntry("partial-results-stability", "high")
                .containsEntry("X-Amz-Credential", "AKID/1/20261129/eu-central-1/transcribe/aws4_request")
                .containsEntry("X-Amz-Date", "20261129T123600Z")
                .containsEntry("X-Amz-Expires", "300")
                .containsKeys("session-id", "X-Amz-Signature")
                .doesNotContainKeys("identify-language", "vocabulary-name", "X-Amz-Security-Token");
    }

    @Test
    void shouldGoToAnotherDomainInChina() {
        assertThat(route(Map.of("region", "cn-north-1")).uri().getHost())
                .isEqualTo("transcribestreaming.cn-north-1.amazonaws.com.cn");
    }

    @Test
    void shouldSayItsOptions() {
        Map<String, String> options = Map.of(
                "identify-language", "true",
                "language-options", "en-US, de-DE",
                "preferred-language", "de-DE",
                "vocabulary", "a b&c",
                "vocabulary-filter", "rude",
                "vocabulary-filter-method", "mask",
                "language-model", "clm",
                "partial-results-stability", "off",
                "session-token", "to+ken/=");
        Route.WebSocket route = route(options);
        assertThat(Openings.query(route.uri()))
                .containsEntry("identify-language", "true")
                .containsEntry("language-options", "en-US,de-DE")
                .containsEntry("preferred-language", "de-DE")
                .containsEntry("vocabulary-name", "a b&c")
                .containsEntry("vocabulary-filter-name", "rude")
                .containsEntry("vocabulary-filter-method", "mask")
                .containsEntry("language-model-name", "clm")
                .containsEntry("X-Amz-Security-Token", "to+ken/=")
                .doesNotContainKeys("language-code", "partial-results-stability");
        assertThat(route.uri().getRawQuery()).contains("vocabulary-name=a%20b%26c");
    }

    @Test
    void shouldRedactPersonalData() {
        assertThat(Openings.query(route(Map.of("content-redaction", "true", "pii-entity-types", "NAME, PIN"))
                        .uri()))
                .containsEntry("content-redaction-type", "PII")
                .containsEntry("pii-entity-types", "NAME,PIN");
    }

    @ParameterizedTest
    @CsvSource({
        "wss://example.com, example.com",
        "wss://example.com:443, example.com",
        "wss://example.com:8443, example.com:8443",
        "ws://127.0.0.1:80, 127.0.0.1",
        "ws://127.0.0.1:8080, 127.0.0.1:8080",
    })
    void shouldSignTheHostAsItsHeaderWillSay(String url, String host) {
        Route.WebSocket route = route(Map.of("url", url));
        Map<String, String> query = new HashMap<>(Openings.query(route.uri()));
        String signature = query.remove("X-Amz-Signature");
        assertThat(new SignedQuery(host, "/stream-transcription-websocket", "us-east-1", "transcribe")
                        .signature(query, "secret", "20261129T123600Z"))
                .isEqualTo(signature);
    }

    @Test
    void shouldHaveASessionIdForEachConnection() {
        Opening first = Openings.of(vendor, KEYS);
        Opening second = new Opening(
                first.sessionId(), 2, first.audio(), first.options(), first.language(), first.hints(), "", first.at());
        assertThat(Openings.query(((Route.WebSocket) vendor.route(first)).uri()).get("session-id"))
                .isNotEqualTo(Openings.query(((Route.WebSocket) vendor.route(second)).uri())
                        .get("session-id"));
    }

    @Test
    void shouldTakeLinearAudioAndWantSilenceInTime() {
        Traits traits = vendor.traits(new Options(CommonOptions.of(vendor), KEYS));
        assertThat(traits.audio()).startsWith(VendorAudio.L16_8K);
        assertThat(traits.chunk()).hasMillis(100);
        assertThat(traits.maxSession()).hasValue(Duration.ofHours(4));
        assertThat(traits.idle())
                .isInstanceOfSatisfying(
                        Traits.Idle.Silence.class,
                        silence -> assertThat(silence.after()).isLessThan(Duration.ofSeconds(15)));
        assertThat(traits.flushes() || traits.endpointing() || traits.speechEvents())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "access-key||access-key: missing (expected: an access key id of AWS)",
                "secret-key||secret-key: missing (expected: a secret access key of AWS)",
                "region|Mars|region: Mars (expected: such as us-east-1)",
                "identify-language|true|language-options:  (expected: two or more, with identify-language)",
                "pii-entity-types|PIN|pii-entity-types: PIN (expected: with content-identification or"
                        + " content-redaction)",
                "vocabulary-filter-method|mask|vocabulary-filter-method: mask (expected: with vocabulary-filter)",
            })
    void shouldTellAProblem(String name, String value, String problem) {
        Map<String, String> given = new HashMap<>(KEYS);
        given.put(name, value == null ? "" : value);
        assertThat(CommonOptions.problems(vendor, given)).containsExactly(problem);
    }

    @Test
    void shouldHaveNoProblemWithKeysAlone() {
        assertThat(CommonOptions.problems(vendor, KEYS)).isEmpty();
    }
}
