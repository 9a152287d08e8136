package io.steadyline.websocket.downstream;

import io.steadyline.port.AgentDoor;
import io.steadyline.port.AgentSeat;
import io.steadyline.websocket.twilio.TwilioSignature;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way to an existing bot: each call is one connection to its address, and Twilio Media Streams on it. Such bots silence
 * themselves, with {@code clear}.
 */
public final class TwilioAgentDoor implements AgentDoor {

    public static final String NAME = "twilio";

    private static final long CLOSE_LIMIT_MS = 800;
    private static final int MIN_THREADS = 2;

    private final DownstreamConfig config;
    private final Optional<String> signature;
    private final BotReader reader;
    private final ThreadPoolExecutor workers;
    /** One thread: all search the same host, and looking up a name may take its time. */
    private final ThreadPoolExecutor seekers;

    private final HttpClient client;
    private final Map<TwilioLeg, BotEar> legs = new ConcurrentHashMap<>();
    private volatile boolean closed;

    public TwilioAgentDoor(DownstreamConfig config) {
        this.config = config;
        this.signature = config.authToken().map(token -> new TwilioSignature(token, null).signGet(config.signedUrl()));
        this.reader = new BotReader(config.maxMessageBytes());
        this.workers = threads(
                "twilio-bots", Math.max(MIN_THREADS, Runtime.getRuntime().availableProcessors()));
        this.seekers = threads("twilio-seek", 1);
        this.client = HttpClient.newBuilder().executor(workers).build();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isInterruptible() {
        return false;
    }

    @Override
    public Search seek(Wanted wanted, AgentSeat seat) {
        Optional<String> refusal = refusal(wanted);
        if (refusal.isPresent()) {
            seat.refused(refusal.get());
            return () -> {};
        }
        Translation translation = new Translation(wanted.facts().format());
        BotEar ear = new BotEar(wanted.facts().callId(), config, reader, translation, seat, workers);
        Dial dial = new Dial(client, config, headers(wanted.traceparent()), ear, seat, socket -> {
            int maxFrames = (int) Math.max(
                    1,
                    config.backlog().toMillis()
                            / wanted.facts().format().ptime().ms());
            Outbox outbox = new Outbox(socket, workers, maxFrames, ear::onSendFailure);
            PongAcknowledgements pongs = new PongAcknowledgements(seat, outbox);
            TwilioLeg leg = new TwilioLeg(config, wanted.traceparent(), translation, ear, outbox, pongs);
            legs.put(leg, ear);
            var _ = ear.gone().thenRun(() -> legs.remove(leg));
            seat.taken(leg);
            ear.listen(socket, outbox, pongs);
        });
        seekers.execute(dial);
        return dial;
    }

    private Optional<String> refusal(Wanted wanted) {
        if (closed) {
            return Optional.of(config.address() + ": no more calls, the gateway stops");
        }
        Optional<String> other = wanted.only().filter(bot -> !bot.equals(config.agent()));
        if (other.isPresent()) {
            return Optional.of(
                    "bot '" + other.get() + "' is not behind this door (expected: '" + config.agent() + "')");
        }
        if (!Translation.isPossible(wanted.facts().format())) {
            return Optional.of("format: " + wanted.facts().format()
                    + " (expected: 8000 Hz, which is all that Twilio's bots speak)");
        }
        return Optional.empty();
    }

    private Map<String, String> headers(String traceparent) {
        Map<String, String> headers = new HashMap<>(config.headers());
        String version = TwilioAgentDoor.class.getPackage().getImplementationVersion();
        headers.put(
                "User-Agent",
                "Steadyline/" + (version == null ? "development" : version) + " (Twilio Media Streams compatible)");
        signature.ifPresent(value -> headers.put(TwilioSignature.HEADER, value));
        if (!traceparent.isEmpty()) {
            headers.put(TwilioLeg.TRACEPARENT, traceparent);
        }
        return headers;
    }

    @Override
    public void close() {
        closed = true;
        seekers.shutdownNow();
        legs.keySet().forEach(leg -> leg.end("the gateway stops"));
        CompletableFuture<?>[] goodbyes =
                legs.values().stream().map(BotEar::gone).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(goodbyes)
                .completeOnTimeout(null, CLOSE_LIMIT_MS, TimeUnit.MILLISECONDS)
                .join();
        legs.values().forEach(BotEar::abort);
        client.shutdownNow();
        workers.shutdownNow();
    }

    private static ThreadPoolExecutor threads(String name, int count) {
        AtomicInteger made = new AtomicInteger();
        return new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                task -> Thread.ofPlatform()
                        .name(name + "-" + made.incrementAndGet())
                        .daemon()
                        .unstarted(task),
                // After the close nobody waits for anything.
                new ThreadPoolExecutor.DiscardPolicy());
    }
}
