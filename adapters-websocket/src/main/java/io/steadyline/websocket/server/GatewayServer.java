package io.steadyline.websocket.server;

import io.steadyline.call.Call;
import io.steadyline.call.CallFactory;
import io.steadyline.call.CallLoop;
import io.steadyline.call.CallView;
import io.steadyline.call.WallAnchor;
import io.steadyline.port.CallObserver;
import io.steadyline.port.CallSlot;
import io.steadyline.port.IngressObserver;
import io.steadyline.port.LoopExecutor;
import io.steadyline.port.SocketHolder;
import io.steadyline.port.SocketHolder.Held;
import io.steadyline.restart.CallPast;
import io.steadyline.restart.CutCall.Fate;
import io.steadyline.restart.SlotSnapshot;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallId;
import io.steadyline.signal.StreamMode;
import io.steadyline.websocket.dialect.Dialect;
import io.steadyline.websocket.server.FrameConnection.Scratch;
import io.steadyline.websocket.twilio.TwilioDialect;
import io.steadyline.websocket.twilio.TwilioUrls;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;

/**
 * The HTTP and WebSocket side of the gateway, on one I/O thread that is the media loop. Start, close and the calls that
 * the process makes may come from any thread.
 */
public final class GatewayServer implements AutoCloseable {

    private static final String WORKER = "media-loop";
    /** How the name of the loop's thread begins, as XNIO makes it; the kernel knows its first 15 bytes. */
    public static final String LOOP_THREAD_PREFIX = WORKER + " I/O";

    private static final long STOP_TIMEOUT_MS = 500;
    private static final long HAND_OVER_LIMIT_NS = 2_000_000_000;
    private static final long UNANSWERED_LIMIT_NS = 300_000_000;
    /** Also what a connect that was accepted just before gets to be upgraded. */
    private static final long HAND_OVER_POLL_NS = 20_000_000;

    private static final AtomicReference<@Nullable XnioWorker> PRELOADED = new AtomicReference<>();

    private final ServerConfig config;
    private final XnioWorker worker;
    private final SocketSurgery.Check surgery;
    private final Kept kept;
    private final Ingress ingress;
    private final List<Dialect> dialects;
    private final HttpFront front;
    private final MediaLoop loop;
    private final CallLoop calls;
    private final Admission admission;

    /**
     * Makes the first server's media loop ahead of time: its libraries take a tenth of a second to come up, in which other
     * things can be done. Any thread; at most once in a process.
     */
    public static void preload() {
        PRELOADED.set(newWorker());
    }

    /** Twilio's dialect only. */
    public GatewayServer(
            ServerConfig config,
            CallFactory factory,
            CallObserver observer,
            IngressObserver ingressObserver,
            Kept kept,
            Function<String, Optional<CallView>> knownCalls,
            Supplier<String> metricsPage,
            Supplier<List<String>> notes) {
        this(
                config,
                List.of(new TwilioDialect(config.limits())),
                factory,
                observer,
                ingressObserver,
                kept,
                knownCalls,
                metricsPage,
                notes);
    }

    /**
     * @param dialects that are spoken, each at its own paths
     * @param kept over the end of the boot before, and where to keep
     * @param knownCalls what is known of a call id, for the webhook
     * @param metricsPage text of {@code /metrics}
     * @param notes what an operator should know though the gateway is ready, for {@code /readyz}; any thread
     */
    public GatewayServer(
            ServerConfig config,
            List<Dialect> dialects,
            CallFactory factory,
            CallObserver observer,
            IngressObserver ingressObserver,
            Kept kept,
            Function<String, Optional<CallView>> knownCalls,
            Supplier<String> metricsPage,
            Supplier<List<String>> notes) {
        this.config = config;
        this.kept = kept;
        XnioWorker ready = PRELOADED.getAndSet(null);
        this.worker = ready == null ? newWorker() : ready;
        this.surgery = SocketSurgery.check(worker.getIoThread());
        this.dialects = List.copyOf(dialects);
        this.loop = new MediaLoop(worker.getIoThread());
        long nowNs = loop.nowNs();
        this.calls = new CallLoop(factory, observer, loop, kept.archive(), new WallAnchor(Instant.now(), nowNs), nowNs);
        LoadWatch load = new LoadWatch(config.load(), loop, calls, ingressObserver, new BusyTime());
        this.admission = new Admission(config, calls, load, nowNs);
        loop.serve(calls, load, admission::noteCalls);
        SocketKeeping keeping = new SocketKeeping(kept.slots(), kept.holder(), kept.archive(), surgery.surgery());
        int messageBytes = config.limits().messageBytes();
        Scratch scratch = new Scratch(new byte[Math.max(messageBytes, CallSlot.RING_BYTES)], messageBytes);
        this.ingress =
                new Ingress(config, loop, calls, admission, new TokenGate(config), ingressObserver, keeping, scratch);
        this.front = new HttpFront(config, worker, keeping, routes(knownCalls, metricsPage, notes));
    }

    /**
     * Goes on with the calls whose sockets outlived their worker; before anything else, because they are waiting. What
     * cannot be gone on with is closed with 1012. Returns when all are served again.
     *
     * @param pastOf what is known of a call beside its page
     * @return what became of each page's call
     */
    public Map<SlotSnapshot, Fate> adoptCalls(Function<SlotSnapshot, CallPast> pastOf) throws InterruptedException {
        Map<SlotSnapshot, Fate> fates = new LinkedHashMap<>();
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(_ -> {
            try {
                adoptAll(pastOf, fates);
            } finally {
                done.countDown();
            }
        });
        done.await();
        return fates;
    }

    private void adoptAll(Function<SlotSnapshot, CallPast> pastOf, Map<SlotSnapshot, Fate> fates) {
        Map<String, Held> held = new LinkedHashMap<>();
        kept.held().forEach(socket -> held.put(socket.socketName(), socket));
        held.remove(SocketHolder.LISTENER);
        for (SlotSnapshot left : kept.left()) {
            Held socket = held.remove(left.socketName());
            fates.put(left, socket == null ? Fate.CUT : adopt(left, socket, pastOf));
        }
        // Held for a call of which no page is left: nobody can go on with it.
        held.values().forEach(socket -> {
            kept.holder().close(socket.descriptor());
            kept.holder().drop(socket.socketName());
        });
    }

    private Fate adopt(SlotSnapshot left, Held socket, Function<SlotSnapshot, CallPast> pastOf) {
        if (surgery.surgery().isEmpty()) {
            kept.holder().close(socket.descriptor());
            kept.holder().drop(socket.socketName());
            return Fate.CUT;
        }
        return new Adoption(ingress, surgery.surgery().get(), worker.getIoThread(), dialects, pastOf)
                .adopt(left, socket);
    }

    /** "yes (keeper)", "yes (systemd)" or "no (why)": whether calls survive the worker. */
    public String callsSurvive() {
        if (!kept.holder().holds()) {
            return kept.survival();
        }
        return surgery.surgery().isPresent() ? kept.survival() : "no (" + surgery.whyNot() + ")";
    }

    /**
     * Listens from now on; connects wait until {@link #open}.
     *
     * @throws UncheckedIOException the address is taken or not of this host
     */
    public void listen() {
        Optional<Held> listener = kept.held().stream()
                .filter(socket -> socket.socketName().equals(SocketHolder.LISTENER))
                .findFirst();
        if (listener.isPresent() && surgery.surgery().isPresent()) {
            front.goOn(listener.get().descriptor(), surgery.surgery().get());
        } else {
            front.start();
        }
    }

    /** Takes connects, those that have been waiting first. */
    public void open() {
        admission.open();
        front.resume();
    }

    /**
     * For a refusal at once, before anything is made that takes time. Not for a worker that was given its listener.
     *
     * @throws UncheckedIOException the address is taken or not of this host
     */
    public static void requireFree(String bindAddress, int port) {
        HttpFront.requireFree(bindAddress, port);
    }

    /** The port that is really listened on. */
    public int port() {
        return front.port();
    }

    /** Monotonic time of the media loop's last turn; any thread. */
    public long lastTurnNs() {
        return loop.lastTurnNs();
    }

    /** The media loop's thread, to ask what holds it. */
    public Thread loopThread() {
        return worker.getIoThread();
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

    /** What {@code /readyz} says, as JSON. */
    String readiness(List<String> notes) {
        return HealthHandler.json(admission, notes);
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

    /**
     * Takes no more connects and lets those under way find their call, so that a successor can go on with all of them. New
     * connects wait in the listener, which is held. Two seconds at most; false when a socket did not settle, and then connects
     * are taken again. Whoever connects and asks for nothing is waited for a little only.
     */
    public boolean stopForHandOver() {
        front.pause();
        long pausedNs = System.nanoTime();
        boolean settled = false;
        while (!settled && System.nanoTime() - pausedNs < HAND_OVER_LIMIT_NS) {
            LockSupport.parkNanos(HAND_OVER_POLL_NS);
            settled = front.atTheDoor() == 0
                    && admission.pendingSockets() == 0
                    && (System.nanoTime() - pausedNs >= UNANSWERED_LIMIT_NS || !hasUnanswered());
        }
        if (!settled) {
            front.resume();
        }
        return settled;
    }

    private boolean hasUnanswered() {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        loop.execute(_ -> answer.complete(front.hasUnanswered() || admission.pendingSockets() > 0));
        return answer.completeOnTimeout(true, UNANSWERED_LIMIT_NS, TimeUnit.NANOSECONDS)
                .join();
    }

    /** The successor did not come: connects are taken again. */
    public void resumeAfterHandOver() {
        front.resume();
    }

    /** Ends what still runs with the given reason and close code, then stops listening; bounded by half a second. */
    public void stop(CallEnd end, int closeCode) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(nowNs -> {
            calls.endAll(end, closeCode, nowNs);
            // Behind their goodbyes: without the loop nobody would write them.
            loop.writeAtRoundEnd(done::countDown);
        });
        try {
            done.await(STOP_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        front.close();
        worker.shutdown();
    }

    private HttpHandler routes(
            Function<String, Optional<CallView>> knownCalls,
            Supplier<String> metricsPage,
            Supplier<List<String>> notes) {
        PeerGuard guard = new PeerGuard(config, ingress.observer());
        Map<String, HttpHandler> routes = new HashMap<>();
        for (Dialect dialect : dialects) {
            routes.put(dialect.mediaPath(), new MediaHandshake(dialect, StreamMode.BIDIRECTIONAL, ingress, guard));
            routes.put(dialect.listenPath(), new MediaHandshake(dialect, StreamMode.LISTEN_ONLY, ingress, guard));
        }
        routes.put(TwilioUrls.VOICE_PATH, new VoiceHandler(ingress, guard, knownCalls));
        routes.put("/livez", exchange -> HttpAnswers.text(exchange, StatusCodes.OK, "alive"));
        routes.put("/readyz", new HealthHandler(admission, notes));
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

    /** One I/O thread, which is the media loop. */
    static XnioWorker newWorker() {
        try {
            return Xnio.getInstance()
                    .createWorker(OptionMap.builder()
                            .set(Options.WORKER_NAME, WORKER)
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
