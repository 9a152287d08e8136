package io.steadyline.stt.azure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.steadyline.stt.peer.WebSocketPeer;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Talk;
import io.steadyline.stt.vendor.VendorAudio;
import java.util.Map;
import java.util.Optional;

/**
 * The native code of the SDK. It needs libuuid and libstdc++ to load, and libssl to connect, even without TLS; not each machine
 * has them.
 */
final class Natives {

    private Natives() {}

    /** Why it does not run here; empty: it does. Whatever else is wrong with it is for the tests to find. */
    static Optional<String> problem() {
        try (AzureVendor vendor = new AzureVendor();
                WebSocketPeer peer = new WebSocketPeer(AzurePeer::new, VendorAudio.L16_8K)) {
            Talk talk = Talk.open(
                    vendor, Openings.of(vendor, Map.of("host", peer.uri("").toString(), "language", "en-US")));
            await().until(() -> !talk.heard().isEmpty() || talk.isOver());
            if (talk.last().startsWith("refused")) {
                return Optional.of(talk.last());
            }
            boolean noPlatform = talk.isOver() && talk.failure().message().contains(AzureFailures.NO_PLATFORM);
            talk.abort();
            return noPlatform
                    ? Optional.of("the Speech SDK finds no libssl on this machine: "
                            + talk.failure().message())
                    : Optional.empty();
        }
    }

    static void assume() {
        problem().ifPresent(why -> assumeTrue(false, why));
    }
}
