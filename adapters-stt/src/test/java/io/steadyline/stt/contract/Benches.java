package io.steadyline.stt.contract;

import io.steadyline.stt.jambonz.JambonzVendor;
import io.steadyline.stt.peer.JambonzPeer;
import io.steadyline.stt.peer.PeerDialect;
import io.steadyline.stt.peer.VoskServerPeer;
import io.steadyline.stt.peer.WebSocketPeer;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.voskserver.VoskServerVendor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** All vendors that have a peer, by their names. */
final class Benches {

    private Benches() {}

    static Map<String, Bench.SetUp> all() {
        Map<String, Bench.SetUp> benches = new LinkedHashMap<>();
        benches.put(
                "jambonz",
                () -> webSocket(new JambonzVendor(), JambonzPeer::new, VendorAudio.L16_8K, "/", Map.of("key", "good-key")));
        benches.put(
                "vosk-server",
                () -> webSocket(new VoskServerVendor(), VoskServerPeer::new, VendorAudio.L16_8K, "/", Map.of()));
        return benches;
    }

    private static Bench webSocket(
            Vendor vendor,
            Supplier<? extends PeerDialect> dialect,
            VendorAudio audio,
            String path,
            Map<String, String> others) {
        WebSocketPeer peer = new WebSocketPeer(dialect, audio);
        Map<String, String> options = new LinkedHashMap<>(others);
        options.put("url", peer.uri(path).toString());
        return new Bench(vendor, new PeerPort.OfWebSocket(peer), options, true);
    }
}
