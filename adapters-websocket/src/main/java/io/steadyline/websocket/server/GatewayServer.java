package io.steadyline.websocket.server;

import io.steadyline.call.Call;
import io.steadyline.call.CallFactory;
import io.steadyline.call.CallLoop;
import io.steadyline.call.CallView;
import io.steadyline.port.CallObserver;
import io.steadyline.port.IngressObserver;
import io.steadyline.port.LoopExecutor;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallId;
import io.steadyline.signal.StreamMode;
import io.steadyline.websocket.dialect.Dialect;
import io.steadyline.websocket.twilio.TwilioDialect;
import io.steadyline.websocket.twilio.TwilioUrls;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * The HTTP and WebSocket side of the gateway, on one I/O thread that is the media loop. Start, close and the calls that
 * the process makes may come from any thread.
 */
public final class GatewayServer implements AutoCloseable {

    private static final long STOP_TIMEOUT_MS = 5_000;

    private final ServerConfig config;
    private final XnioWorker worker;
    private final Undertow undertow;
    private final MediaLoop loop;
    private final CallLoop calls;
    private final Admission admission;

    /**
     * @param knownCalls what is known of a call id, for the webhook
     * @param metricsPage text of {@code /metrics}
     */
    public GatewayServer(
            ServerConfig config,
            CallFactory factory,
            CallObserver observer,
            IngressObserver ingressObserver,
            Function<String, Optional<CallView>> knownCalls,
            Supplier<String> metricsPage) {
        this.config = config;
        this.worker = newWorker();
        this.loop = new MediaLoop(worker.getIoThread());
        this.calls = new CallLoop(factory, observer, loop, loop.nowNs());
        this.admission = new Admission(config, calls, loop.nowNs());
        loop.serve(calls, admission::noteCalls);
        byte[] scratch = new byte[config.limits().messageBytes()];
        Ingress ingress = new Ingress(config, loop, calls, admission, ingressObserver, scratch);
        this.undertow = newUndertow(routes(ingress, knownCalls, metricsPage));
    }

    /**
     * Listens from now on.
     *
     * @throws UncheckedIOException the address is taken or not of this host
     */
    public void start() {
        try {
            undertow.start();
        } catch (RuntimeException failure) {
            if (failure.getCause() instanceof IOException cause) {
                throw new UncheckedIOException(
                        "http port: cannot listen on " + config.bindAddress() + ":" + config.port() + " ("
                                + cause.getMessage() + "); expected: a free port on an address of this host",
                        cause);
            }
            throw failure;
        }
    }

    /** The port that is really listened on. */
    public int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().getFirst().getAddress()).getPort();
    }

    public LoopExecutor loop() {
        return loop;
    }

    /** On: no new calls; running ones, and those that come back, go on. */
    public void setDraining(boolean on) {
        admission.setDraining(on);
    }

    public boolean isDraining() {
        return admission.isDraining();
    }

    /** Live calls, as of the last event of any. */
    public int liveCalls() {
        return admission.liveCalls();
    }

    public List<String> reasonsNotReady() {
        return admission.reasonsNotReady();
    }

    /** Asks a live call to end after what the recogniser still has to say; without effect when there is no such call. */
    public void requestEnd(CallId callId, CallEnd end) {
        loop.execute(_ -> {
            Call call = calls.find(callId);
            if (call != null) {
                call.requestEnd(end, false);
            }
        });
    }

    /** Ends what still runs with the given reason and close code, then stops listening; bounded by five seconds. */
    public void stop(CallEnd end, int closeCode) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(nowNs -> {
            calls.endAll(end, closeCode, nowNs);
            done.countDown();
        });
        try {
            done.await(STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        undertow.stop();
        worker.shutdown();
    }

    private HttpHandler routes(
            Ingress ingress, Function<String, Optional<CallView>> knownCalls, Supplier<String> metricsPage) {
        PeerGuard guard = new PeerGuard(config, ingress.observer());
        Map<String, HttpHandler> routes = new HashMap<>();
        for (Dialect dialect : List.of(new TwilioDialect(config.limits()))) {
            routes.put(dialect.mediaPath(), new MediaHandshake(dialect, StreamMode.BIDIRECTIONAL, ingress, guard));
            routes.put(dialect.listenPath(), new MediaHandshake(dialect, StreamMode.LISTEN_ONLY, ingress, guard));
        }
        routes.put(TwilioUrls.VOICE_PATH, new VoiceHandler(ingress, guard, knownCalls));
        routes.put("/livez", exchange -> HttpAnswers.text(exchange, StatusCodes.OK, "alive"));
        routes.put("/readyz", new HealthHandler(admission));
        routes.put("/metrics", exchange -> metrics(exchange, metricsPage));
        return exchange -> {
            HttpHandler handler = routes.get(exchange.getRequestPath());
            if (handler == null) {
                HttpAnswers.text(exchange, StatusCodes.NOT_FOUND, "nothing here (known: " + routes.keySet() + ")");
            } else {
                handler.handleRequest(exchange);
            }
        };
    }

    private void metrics(HttpServerExchange exchange, Supplier<String> page) {
        if (config.metricsPublic() || PeerGuard.isLocal(exchange)) {
            // Collecting takes milliseconds: not on the media loop.
            exchange.dispatch(() ->
                    HttpAnswers.send(exchange, StatusCodes.OK, "text/plain; version=0.0.4; charset=utf-8", page.get()));
        } else {
            HttpAnswers.text(
                    exchange,
                    StatusCodes.FORBIDDEN,
                    "metrics are served to this machine only"
                            + " (telemetry.metrics-public: on serves them to everybody)");
        }
    }

    private Undertow newUndertow(HttpHandler handler) {
        return Undertow.builder()
                .setWorker(worker)
                .addHttpListener(config.port(), config.bindAddress())
                .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, (int)
                        config.keepAlive().toMillis())
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, 5_000)
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, 16_384)
                .setServerOption(UndertowOptions.MAX_HEADERS, 64)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, false)
                .setSocketOption(Options.TCP_NODELAY, true)
                .setSocketOption(Options.BACKLOG, 1024)
                // Calls, those about to be, and room for probes and webhooks; more wait in the backlog.
                .setSocketOption(Options.CONNECTION_HIGH_WATER, config.maxCalls() + config.maxPendingSockets() + 256)
                .setSocketOption(Options.CONNECTION_LOW_WATER, config.maxCalls() + config.maxPendingSockets() + 256)
                .setHandler(handler)
                .build();
    }

    private static XnioWorker newWorker() {
        try {
            return Xnio.getInstance()
                    .createWorker(OptionMap.builder()
                            .set(Options.WORKER_NAME, "media-loop")
                            .set(Options.WORKER_IO_THREADS, 1)
                            .set(Options.WORKER_TASK_CORE_THREADS, 1)
                            .set(Options.WORKER_TASK_MAX_THREADS, 2)
                            .set(Options.TCP_NODELAY, true)
                            .getMap());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot start the media loop", failure);
        }
    }
}
