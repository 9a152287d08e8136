package io.steadyline.websocket.server;

import io.steadyline.pacing.LoadLimits;
import io.steadyline.websocket.dialect.DialectLimits;
import io.steadyline.websocket.twilio.TokenKey;
import io.steadyline.websocket.twilio.TwilioSignature;
import io.steadyline.websocket.twilio.TwilioUrls;
import java.time.Duration;
import java.util.Optional;

/**
 * How the ingress listens and whom it serves.
 *
 * @param port 0: any free one
 * @param keepAlive how long an idle HTTP connection stays open (R3: 75 s)
 * @param publicUrls how the outside reaches us; without it the webhook answers with the address it was asked at
 * @param signature checks who calls; without it only peers on this machine are served
 * @param tokenKey signs the one-time tokens of streams
 * @param tokenRequired refuses streams without such a token; one that is given is checked in any case
 * @param startTimeout from the upgrade to the stream's start
 * @param maxCalls live calls, all together
 * @param maxPendingSockets upgraded sockets whose stream has not started
 * @param maxCallsPerSecond new sockets within a second
 * @param load what the media loop may carry; new calls beyond are refused
 * @param maxReturns how often a call may come back within ten minutes before it is given up
 * @param farewell said to the caller then; empty: just hang up
 * @param fallbackUrl where a call goes on that was given up for want of a bot; empty: it is hung up
 * @param metricsPublic serves {@code /metrics} to everybody instead of to this machine only
 */
public record ServerConfig(
        String bindAddress,
        int port,
        Duration keepAlive,
        Optional<TwilioUrls> publicUrls,
        Optional<TwilioSignature> signature,
        TokenKey tokenKey,
        boolean tokenRequired,
        DialectLimits limits,
        Duration startTimeout,
        int maxCalls,
        int maxPendingSockets,
        int maxCallsPerSecond,
        LoadLimits load,
        int maxReturns,
        Optional<String> farewell,
        Optional<String> fallbackUrl,
        boolean metricsPublic) {

    /** Loopback, any port, no signature: for tests and the demo. */
    public static ServerConfig onLoopback() {
        return new ServerConfig(
                "127.0.0.1",
                0,
                Duration.ofSeconds(75),
                Optional.empty(),
                Optional.empty(),
                TokenKey.random(),
                false,
                DialectLimits.defaults(),
                Duration.ofSeconds(5),
                1000,
                64,
                200,
                LoadLimits.OFF,
                10,
                Optional.empty(),
                Optional.empty(),
                false);
    }
}
