package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.call.Call;
import io.steadyline.call.CallParts;
import io.steadyline.call.CallSettings;
import io.steadyline.pacing.LoadLimits;
import io.steadyline.port.AgentProvider;
import io.steadyline.port.CallObserver;
import io.steadyline.port.IngressObserver;
import io.steadyline.signal.BadInput;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallMoment;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.websocket.dialect.Dialect;
import io.steadyline.websocket.dialect.DialectLimits;
import io.steadyline.websocket.server.GatewayServer;
import io.steadyline.websocket.server.Kept;
import io.steadyline.websocket.server.ServerConfig;
import io.steadyline.websocket.twilio.TwilioDialect;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The media ingress and the calls without the rest, for parts that the shipped wiring does not offer. */
final class BareServer implements AutoCloseable, CallObserver, IngressObserver {

    record Told(String callSid, CallMoment moment) {}

    private static final List<Dialect> TWILIO = List.of(new TwilioDialect(DialectLimits.defaults()));

    private final List<Told> moments = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<BadInput> badInput = new CopyOnWriteArrayList<>();
    private final GatewayServer server;
    private final LateRecogniser recogniser;

    BareServer(CallSettings settings, LateRecogniser recogniser, AgentProvider agents) {
        this(settings, recogniser, agents, Kept.nothing());
    }

    /** @param kept over the end of the server before this one; its calls are gone on with by {@link #server} */
    BareServer(CallSettings settings, LateRecogniser recogniser, AgentProvider agents, Kept kept) {
        this(settings, recogniser, agents, kept, TWILIO, true, LoadLimits.OFF);
    }

    /** @param dialects that it speaks */
    BareServer(CallSettings settings, LateRecogniser recogniser, AgentProvider agents, List<Dialect> dialects) {
        this(settings, recogniser, agents, Kept.nothing(), dialects, true, LoadLimits.OFF);
    }

    private BareServer(
            CallSettings settings,
            LateRecogniser recogniser,
            AgentProvider agents,
            Kept kept,
            List<Dialect> dialects,
            boolean takesCalls,
            LoadLimits load) {
        this.recogniser = recogniser;
        CallParts parts = new CallParts(settings, recogniser, agents, this, System::nanoTime);
        server = new GatewayServer(
                carrying(load),
                dialects,
                (facts, link, nowNs, waker) -> new Call(facts, link, parts, nowNs, waker),
                this,
                this,
                kept,
                _ -> Optional.empty(),
                () -> "",
                List::of);
        server.listen();
        if (takesCalls) {
            server.open();
        }
    }

    /** One that has not come as far as taking connects. */
    static BareServer starting(CallSettings settings, AgentProvider agents) {
        return new BareServer(
                settings, new LateRecogniser(Duration.ZERO), agents, Kept.nothing(), TWILIO, false, LoadLimits.OFF);
    }

    /** One that refuses calls by its load. */
    static BareServer with(LoadLimits load, AgentProvider agents) {
        return new BareServer(
                CallSettings.DEFAULT, new LateRecogniser(Duration.ZERO), agents, Kept.nothing(), TWILIO, true, load);
    }

    private static ServerConfig carrying(LoadLimits load) {
        ServerConfig usual = ServerConfig.onLoopback();
        return new ServerConfig(
                usual.bindAddress(),
                usual.port(),
                usual.keepAlive(),
                usual.publicUrls(),
                usual.signature(),
                usual.tokenKey(),
                usual.tokenRequired(),
                usual.limits(),
                usual.startTimeout(),
                usual.maxCalls(),
                usual.maxPendingSockets(),
                usual.maxCallsPerSecond(),
                load,
                usual.maxReturns(),
                usual.farewell(),
                usual.fallbackUrl(),
                usual.metricsPublic());
    }

    GatewayServer server() {
        return server;
    }

    List<BadInput> badInput() {
        return badInput;
    }

    URI media() {
        return at("/twilio/media");
    }

    URI at(String path) {
        return URI.create("ws://127.0.0.1:" + server.port() + path);
    }

    List<Throwable> failures() {
        return failures;
    }

    <M extends CallMoment> List<M> moments(String callSid, Class<M> kind) {
        return moments.stream()
                .filter(told -> told.callSid().equals(callSid))
                .map(Told::moment)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    <M extends CallMoment> M awaitMoment(String callSid, Class<M> kind, Predicate<M> wanted) {
        await(kind.getSimpleName() + " of " + callSid)
                .atMost(RunningGateway.PATIENCE)
                .untilAsserted(() -> assertThat(moments(callSid, kind)).anyMatch(wanted));
        return moments(callSid, kind).stream().filter(wanted).findFirst().orElseThrow();
    }

    CallMoment.CallEnded awaitEnd(String callSid) {
        return awaitMoment(callSid, CallMoment.CallEnded.class, _ -> true);
    }

    @Override
    public void onMoment(CallFacts facts, CallMoment moment) {
        moments.add(new Told(facts.callId().value(), moment));
    }

    @Override
    public void onSecond(CallFacts facts, CallSecond second, List<QueueCounts> queues) {
        // The tests of this server ask for moments.
    }

    @Override
    public void onFailure(CallFacts facts, Throwable failure) {
        failures.add(failure);
    }

    @Override
    public void onSendLateness(long latenessNs) {
        // As with seconds.
    }

    @Override
    public void onSttWrite(long writeNs) {
        // As with seconds.
    }

    @Override
    public void onSocketRefused(Refusal refusal) {
        // As with seconds.
    }

    @Override
    public void onBadInput(BadInput reason) {
        badInput.add(reason);
    }

    @Override
    public void close() {
        server.close();
        recogniser.close();
    }
}
