package io.steadyline.stt.azure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.steadyline.stt.peer.WebSocketPeer;
import io.steadyline.stt.vendor.Openings;
import io.steadyline.stt.vendor.Talk;
import io.steadyline.stt.vendor.VendorAudio;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The native code of the SDK. It needs libuuid and libstdc++ to load, and libssl to connect, even without TLS; not each machine
 * has them.
 */
final class Natives {

    /** The SDK connects once for all tests. */
    private static final class Tried {
        static final String SAID = connect();
    }

    private static final String READY = "ready";

    private Natives() {}

    /** Why it does not run here; empty: it does. */
    static Optional<String> problem() {
        return problem(Tried.SAID);
    }

    /** @param said when it was told to connect. Only what is missing on the machine is a reason to test nothing */
    static Optional<String> problem(String said) {
        if (said.startsWith(READY)) {
            return Optional.empty();
        }
        if (Stream.of(AzureFailures.NOT_LOADED, AzureFailures.NO_PLATFORM).anyMatch(said::contains)) {
            return Optional.of(said);
        }
        throw new AssertionError(
                "the Speech SDK: " + said + " (expected: ready, or a library that this machine does not have)");
    }

    static void assume() {
        problem().ifPresent(why -> assumeTrue(false, why));
    }

    private static String connect() {
        try (AzureVendor vendor = new AzureVendor();
                WebSocketPeer peer = new WebSocketPeer(AzurePeer::new, VendorAudio.L16_8K)) {
            Talk talk = Talk.open(
                    vendor, Openings.of(vendor, Map.of("host", peer.uri("").toString(), "language", "en-US")));
            await().until(() -> isReady(talk) || talk.isOver());
            if (isReady(talk)) {
                talk.abort();
                return READY;
            }
            return talk.last().startsWith("closed ") ? talk.failure().message() : talk.last();
        }
    }

    private static boolean isReady(Talk talk) {
        return talk.heard().stream().anyMatch(line -> line.startsWith(READY));
    }
}
