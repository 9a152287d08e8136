package io.steadyline.benchmarks.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.simulator.load.LoadPlan;
import io.steadyline.simulator.load.LoadReport;
import io.steadyline.simulator.load.LoadTest;
import io.steadyline.simulator.load.LoadText;
import io.undertow.Undertow;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EchoBridgeTest {

    @Test
    void shouldGiveEveryFrameBack() throws Exception {
        Undertow server = EchoBridge.server(0);
        server.start();
        try {
            InetSocketAddress address =
                    (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
            URI media = URI.create("ws://127.0.0.1:" + address.getPort() + "/twilio/media");
            LoadReport report = new LoadTest(LoadPlan.of(media, 5, Duration.ofSeconds(1))).run(second -> {});
            assertThat(report.frames().returned()).isPositive();
            assertThat(report.frames().lost()).as(LoadText.table(report)).isZero();
            assertThat(report.calls().finished()).isEqualTo(5);
        } finally {
            server.stop();
        }
    }

    @Test
    void shouldFindAudioAndStreamInAMessage() {
        byte[] message =
                MediaText.ascii("{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"AQID\"}}");
        assertThat(MediaText.audio(message, message.length)).containsExactly(1, 2, 3);
        assertThat(MediaText.streamSid(message, message.length)).isEqualTo(MediaText.ascii("MZ1"));
        assertThat(MediaText.audio(MediaText.ascii("{}"), 2)).isEmpty();
        assertThat(new String(
                        MediaText.media(MediaText.head(MediaText.ascii("MZ1")), new byte[] {1, 2, 3}),
                        StandardCharsets.US_ASCII))
                .isEqualTo(new String(message, StandardCharsets.US_ASCII));
    }
}
