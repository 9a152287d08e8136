package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.bootstrap.Gateway;
import io.steadyline.bootstrap.config.LoadOutcome;
import io.steadyline.bootstrap.config.Settings;
import io.steadyline.bootstrap.config.SettingsInput;
import io.steadyline.bootstrap.continuity.NoContinuity;
import io.steadyline.bootstrap.wiring.GatewayComponent;
import io.steadyline.call.CallView;
import io.steadyline.grpc.client.AdminClient;
import io.steadyline.grpc.client.AdminTarget;
import io.steadyline.restart.BootIdentity;
import io.steadyline.signal.CallId;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.Simulator;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.GoNoGo;
import io.steadyline.websocket.twilio.TokenKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The gateway as it is shipped, in this process, on free ports of loopback. */
final class RunningGateway implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final AtomicBoolean WARM = new AtomicBoolean();

    private final Settings settings;
    private final Gateway gateway;

    private RunningGateway(Settings settings, Optional<TokenKey> tokenKey) {
        this.settings = settings;
        String bootId = Gateway.newBootId();
        this.gateway = tokenKey.isEmpty()
                ? Gateway.start(settings, bootId, Optional.empty())
                : Gateway.start(settings, bootId, Optional.empty(), new NoContinuity(identity(bootId), tokenKey.get()));
    }

    private static BootIdentity identity(String bootId) {
        return new BootIdentity(
                bootId, 2, Instant.now(), ProcessHandle.current().pid(), "0", "test", "development", "", List.of());
    }

    /** @param environment pairs of name and value, as the process would be given them */
    static RunningGateway with(String... environment) {
        return with(Optional.empty(), environment);
    }

    /** With the key that the boot before had, too. */
    static RunningGateway with(TokenKey tokenKey, String... environment) {
        return with(Optional.of(tokenKey), environment);
    }

    private static RunningGateway with(Optional<TokenKey> tokenKey, String... environment) {
        // How much this machine carries beside its other work is no matter of these tests.
        Map<String, String> all = new HashMap<>(Map.of(
                "STEADYLINE_LIMITS_LOOP_LATENESS", "0",
                "STEADYLINE_LIMITS_LOOP_BUSY", "100",
                "PORT", "0",
                "STEADYLINE_GRPC_PORT", "0",
                "STEADYLINE_HTTP_BIND_ADDRESS", "127.0.0.1",
                "STEADYLINE_ENVIRONMENT", "development"));
        for (int i = 0; i < environment.length; i += 2) {
            all.put(environment[i], environment[i + 1]);
        }
        return switch (Settings.load(SettingsInput.of(Optional.empty(), all))) {
            case LoadOutcome.Refused refused -> throw new IllegalArgumentException(refused.message());
            case LoadOutcome.Loaded loaded -> new RunningGateway(loaded.settings(), tokenKey);
        };
    }

    /**
     * The same, after the first call of this process is over: classes are loaded on the media loop during that one, so
     * only later ones can be judged by R17.
     */
    static RunningGateway warm(String... environment) {
        synchronized (WARM) {
            if (!WARM.getAndSet(true)) {
                try (RunningGateway gateway = with();
                        Simulator simulator = Simulator.start()) {
                    CallPlan plan = CallPlan.to(gateway.media())
                            .duration(Duration.ofSeconds(1))
                            .build();
                    CallReport first = simulator.place(plan).join();
                    System.out.printf(
                            "first call of the process: greeting's first frame %.1f ms after start%n",
                            first.received().firstMediaMs().orElse(-1));
                }
            }
        }
        return with(environment);
    }

    Settings settings() {
        return settings;
    }

    Gateway gateway() {
        return gateway;
    }

    GatewayComponent parts() {
        return gateway.parts();
    }

    int httpPort() {
        return gateway.httpPort();
    }

    URI media() {
        return URI.create("ws://127.0.0.1:" + httpPort() + "/twilio/media");
    }

    AdminClient admin() {
        return AdminClient.of(AdminTarget.plaintext("127.0.0.1", gateway.grpcPort()));
    }

    CallView view(String callSid) {
        return parts().calls().find(callSid).orElseThrow(() -> new AssertionError("call " + callSid + " is not known"));
    }

    boolean isKnown(String callSid) {
        return parts().calls().find(callSid).isPresent();
    }

    int grpcPort() {
        return gateway.grpcPort();
    }

    CallView awaitEnd(String callSid) {
        await("end of call " + callSid)
                .atMost(PATIENCE)
                .until(() -> isKnown(callSid) && view(callSid).end().isPresent());
        return view(callSid);
    }

    void awaitStart(String callSid) {
        await("start of call " + callSid).atMost(PATIENCE).until(() -> isKnown(callSid));
    }

    List<CallSecond> seconds(String callSid) {
        return parts().calls().seconds(new CallId(callSid));
    }

    GoNoGo judge(String callSid) {
        return parts().calls().judge(new CallId(callSid)).orElseThrow();
    }

    HttpPeer.Reply get(String target) throws IOException {
        try (HttpPeer peer = new HttpPeer(httpPort())) {
            return peer.ask("GET", target, Map.of(), "");
        }
    }

    /** A counter of the metrics page, summed over all series whose line has {@code label}. */
    double metric(String name, String label) {
        try {
            return get("/metrics")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name) && line.contains(label))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException failure) {
            throw new UncheckedIOException("/metrics", failure);
        }
    }

    /** Every call is over and every socket has found its call or is gone. */
    void awaitQuiet() {
        await("no live calls").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(parts().server().liveCalls()).isZero();
            assertThat(parts().calls().calls()).allMatch(call -> call.end().isPresent());
        });
    }

    @Override
    public void close() {
        gateway.close();
    }
}
