package io.steadyline.stt.gladia;

import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.VendorOption;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** Gladia. */
public final class GladiaVendor implements Vendor {

    private static final Duration MAX_SESSION = Duration.ofHours(3);

    /**
     * What the answer to the route's request names belongs to the dialect too, and the two are asked for apart: the opening is all
     * that they have in common. An opening that nobody holds any more takes its entry with it.
     */
    private final Map<Opening, GladiaSession> sessions = Collections.synchronizedMap(new WeakHashMap<>());

    @Override
    public String name() {
        return "gladia";
    }

    @Override
    public List<VendorOption> options() {
        return GladiaOptions.ALL;
    }

    @Override
    public Traits traits(Options options) {
        Traits traits = Traits.of(VendorAudio.MULAW_8K, VendorAudio.ALAW_8K, VendorAudio.L16_8K, VendorAudio.L16_16K)
                .withIdle(new Traits.Idle.Silence(Duration.ofSeconds(options.whole(GladiaOptions.SILENCE_AFTER))))
                .withMaxSession(MAX_SESSION)
                .withSpeechEvents()
                .withEndpointing()
                .withWords();
        return options.flag(GladiaOptions.RESUME) ? traits.withResumption() : traits;
    }

    @Override
    public List<String> problems(Options options) {
        return options.has(GladiaOptions.KEY) ? List.of() : List.of("key: missing (expected: an API key of Gladia)");
    }

    @Override
    public Route route(Opening opening) {
        Options options = opening.options();
        GladiaSession session = session(opening);
        URI uri = GladiaOptions.uri(options);
        return new Route.Prepared(
                uri,
                Map.of("x-gladia-key", options.text(GladiaOptions.KEY), "Content-Type", "application/json"),
                Json.write(GladiaOptions.body(opening)),
                answer -> session.onAnswer(answer, uri));
    }

    @Override
    public Dialect dialect(Opening opening) {
        return new GladiaDialect(session(opening), opening.audio().bytesPerMs());
    }

    private GladiaSession session(Opening opening) {
        return sessions.computeIfAbsent(opening, key -> new GladiaSession());
    }
}
