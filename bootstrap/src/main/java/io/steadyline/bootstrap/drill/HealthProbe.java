package io.steadyline.bootstrap.drill;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;

/** Asks {@code /livez} as a platform does. */
record HealthProbe(int port) {

    private static final int NOT_ALIVE = 503;
    private static final Duration BETWEEN = Duration.ofMillis(20);
    private static final int TRIES = 1_000;

    static HealthProbe onFreePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new HealthProbe(free.getLocalPort());
        }
    }

    /** Returns as soon as it says that a restart would help. */
    void awaitFailure() throws DrillFailure {
        for (int i = 0; i < TRIES; i++) {
            if (status() == NOT_ALIVE) {
                return;
            }
            KeptCalls.pause(BETWEEN);
        }
        throw new DrillFailure("/livez does not fail (expected: 503 when the media loop hangs)");
    }

    private int status() throws DrillFailure {
        try {
            HttpURLConnection probe = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/livez").toURL().openConnection();
            probe.setConnectTimeout(2_000);
            probe.setReadTimeout(2_000);
            return probe.getResponseCode();
        } catch (IOException unanswered) {
            throw new DrillFailure("/livez did not answer: " + unanswered);
        }
    }
}
