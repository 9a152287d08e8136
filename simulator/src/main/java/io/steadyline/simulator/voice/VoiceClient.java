package io.steadyline.simulator.voice;

import io.steadyline.simulator.Simulator;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Places phone calls as Twilio does, any number at once: webhook, TwiML, streams. Any thread. The streams are those of the
 * simulator, which stays the caller's own and is closed after the client.
 *
 * <pre>{@code
 * try (Simulator simulator = Simulator.start(); VoiceClient client = new VoiceClient(simulator)) {
 *     PhoneReport report = client.call(VoicePlan.to("http://127.0.0.1:5000").build()).report().join();
 *     System.out.print(PhoneSummary.of(report));
 * }
 * }</pre>
 */
public final class VoiceClient implements AutoCloseable {

    /** Twilio's default for the connection of a webhook. */
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

    private final Simulator simulator;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("phone-", 0).factory());
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_LIMIT)
            .executor(threads)
            .build();
    private final Set<PhoneCall> calls = ConcurrentHashMap.newKeySet();

    public VoiceClient(Simulator simulator) {
        this.simulator = simulator;
    }

    /** Begins at once; throws when the client has been closed. */
    public PhoneCall call(VoicePlan plan) {
        PhoneCall call = new PhoneCall(plan, simulator, http);
        calls.add(call);
        threads.execute(() -> {
            call.run();
            calls.remove(call);
        });
        return call;
    }

    /** Ends all calls without a word to the server; their reports say so. Waits for their threads. */
    @Override
    public void close() {
        List.copyOf(calls).forEach(PhoneCall::cancel);
        http.shutdownNow();
        threads.close();
    }
}
