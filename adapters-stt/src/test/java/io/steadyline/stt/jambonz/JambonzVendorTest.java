package io.steadyline.stt.jambonz;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.peer.DirectTalk;
import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.VendorAudio;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JambonzVendorTest {

    private final JambonzVendor vendor = new JambonzVendor();

    private Traits traits(Map<String, String> given) {
        return vendor.traits(new Options(CommonOptions.of(vendor), given));
    }

    @Test
    void shouldGoToTheServerWithTheKeyAsABearer() {
        Route route = vendor.route(
                DirectTalk.opening(vendor, Map.of("url", "wss://stt.example/v1?model=a", "key", "secret-1")));

        assertThat(route)
                .isEqualTo(new Route.WebSocket(
                        URI.create("wss://stt.example/v1?model=a"), Map.of("Authorization", "Bearer secret-1")));
        assertThat(route.toString()).isEqualTo("wss://stt.example/v1");
    }

    @Test
    void shouldSendNoHeaderWithoutAKey() {
        assertThat(vendor.route(DirectTalk.opening(vendor, Map.of("url", "ws://stt.example"))))
                .isEqualTo(new Route.WebSocket(URI.create("ws://stt.example"), Map.of()));
    }

    @Test
    void shouldNameWhatIsMissingOrWrong() {
        assertThat(CommonOptions.problems(vendor, Map.of()))
                .containsExactly(
                        "url: missing (expected: the address of a custom STT server, such as wss://host/path)");
        assertThat(CommonOptions.problems(vendor, Map.of("url", "ws://a", "extra", "[1]")))
                .containsExactly("extra: something else, not shown (expected: a JSON object)");
        assertThat(CommonOptions.problems(vendor, Map.of("url", "http://a"))).hasSize(1);
        assertThat(CommonOptions.problems(vendor, Map.of("url", "ws://a", "extra", "{}", "key", "k")))
                .isEmpty();
    }

    @Test
    void shouldPromiseNoMoreThanTheProtocolHas() {
        Traits traits = traits(Map.of());

        assertThat(traits.audio()).containsExactly(VendorAudio.L16_8K);
        assertThat(traits.chunk()).isEqualTo(Duration.ofMillis(20));
        assertThat(traits.speechEvents()).isFalse();
        assertThat(traits.endpointing()).isFalse();
        assertThat(traits.flushes()).isFalse();
        assertThat(traits.words()).isFalse();
        assertThat(traits(Map.of("endpointing", "true", "sample-rate", "16000")).endpointing())
                .isTrue();
        assertThat(traits(Map.of("sample-rate", "16000")).audio()).containsExactly(VendorAudio.L16_16K);
    }
}
