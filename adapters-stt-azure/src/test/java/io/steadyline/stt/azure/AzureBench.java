package io.steadyline.stt.azure;

import io.steadyline.stt.contract.Bench;
import io.steadyline.stt.contract.PeerPort;
import io.steadyline.stt.peer.WebSocketPeer;
import io.steadyline.stt.vendor.VendorAudio;
import java.util.Map;
import java.util.Set;

/** The SDK and a peer on loopback that speaks as the service does. */
final class AzureBench {

    private AzureBench() {}

    /** Garbage has tests of its own: the SDK passes over a message that is none of its protocol. */
    static Bench start() {
        return of(new WebSocketPeer(AzurePeer::new, VendorAudio.L16_8K));
    }

    static Bench of(WebSocketPeer peer) {
        return new Bench(
                new AzureVendor(),
                new PeerPort.OfWebSocket(peer),
                Map.of("host", peer.uri("").toString(), "key", AzurePeer.KEY, "language", "en-US"),
                true,
                Set.of("garbage"));
    }
}
