package io.steadyline.stt.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.stt.peer.PlainPeer;
import io.steadyline.stt.peer.WebSocketPeer;
import io.steadyline.stt.vendor.Link;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.VendorAudio;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A peer, a transport and what happens to the link between them. */
@Timeout(60)
abstract class OverSockets {

    final WebSocketPeer peer = new WebSocketPeer(PlainPeer::new, VendorAudio.MULAW_8K);
    final WebSocketTransport transport = new WebSocketTransport(Duration.ofSeconds(2));
    final LinkLog log = new LinkLog();

    @AfterEach
    void closeAll() {
        transport.close();
        peer.close();
        assertThat(log.wrongs()).isEmpty();
    }

    final Link open() {
        return open(new Route.WebSocket(peer.uri("/listen?a=b"), Map.of("Authorization", "Bearer good-key")));
    }

    final Link open(Route.WebSocket route) {
        return transport.to(route).open(log);
    }

    final Link opened() {
        Link link = open();
        log.awaitOpen();
        return link;
    }
}
