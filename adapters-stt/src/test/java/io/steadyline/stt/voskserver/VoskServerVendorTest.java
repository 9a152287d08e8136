package io.steadyline.stt.voskserver;

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

class VoskServerVendorTest {

    private final VoskServerVendor vendor = new VoskServerVendor();

    private Traits traits(Map<String, String> given) {
        return vendor.traits(new Options(CommonOptions.of(vendor), given));
    }

    @Test
    void shouldGoToTheServerWithoutHeaders() {
        assertThat(vendor.route(DirectTalk.opening(vendor, Map.of("url", "ws://vosk:2700"))))
                .isEqualTo(new Route.WebSocket(URI.create("ws://vosk:2700"), Map.of()));
    }

    @Test
    void shouldNameTheAddressThatIsMissing() {
        assertThat(CommonOptions.problems(vendor, Map.of()))
                .containsExactly("url: missing (expected: the address of a vosk-server, such as ws://host:2700)");
        assertThat(CommonOptions.problems(vendor, Map.of("url", "ws://vosk:2700")))
                .isEmpty();
    }

    @Test
    void shouldPromiseWhatTheOptionsAllow() {
        Traits traits = traits(Map.of());

        assertThat(traits.audio()).containsExactly(VendorAudio.L16_8K);
        assertThat(traits.chunk()).isEqualTo(Duration.ofMillis(100));
        assertThat(traits.words()).isTrue();
        assertThat(traits.flushes()).isFalse();
        assertThat(traits.endpointing()).isFalse();
        Traits other = traits(
                Map.of("words", "false", "flush-by-reset", "true", "endpointing", "true", "sample-rate", "16000"));
        assertThat(other.audio()).containsExactly(VendorAudio.L16_16K);
        assertThat(other.words()).isFalse();
        assertThat(other.flushes()).isTrue();
        assertThat(other.endpointing()).isTrue();
    }
}
