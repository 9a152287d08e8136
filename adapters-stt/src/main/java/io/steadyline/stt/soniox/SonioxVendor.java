package io.steadyline.stt.soniox;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.List;
import java.util.Map;

/** Soniox. */
public final class SonioxVendor implements Vendor {

    private static final Duration MAX_SESSION = Duration.ofHours(5);
    /** At least every 20 s; 5 to 10 s are usual. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(8);

    @Override
    public String name() {
        return "soniox";
    }

    @Override
    public List<VendorOption> options() {
        return SonioxOptions.ALL;
    }

    @Override
    public Traits traits(Options options) {
        Traits traits = Traits.of(VendorAudio.MULAW_8K, VendorAudio.ALAW_8K, VendorAudio.L16_8K, VendorAudio.L16_16K)
                .withIdle(new Traits.Idle.Message(KEEP_ALIVE))
                .withMaxSession(MAX_SESSION)
                .withFlush()
                .withWords();
        return options.flag(SonioxOptions.ENDPOINTS) ? traits.withEndpointing() : traits;
    }

    @Override
    public List<String> problems(Options options) {
        return SonioxOptions.problems(options);
    }

    @Override
    public Route route(Opening opening) {
        Options options = opening.options();
        URI url = options.address(SonioxOptions.URL);
        String key = options.text(SonioxOptions.KEY);
        return switch (options.text(SonioxOptions.AUTH)) {
            case SonioxOptions.IN_FIELD -> new Route.WebSocket(url, Map.of());
            case SonioxOptions.IN_SUBPROTOCOL -> new Route.WebSocket(url, Map.of(), List.of("soniox-api-key", key));
            default -> new Route.WebSocket(url, Map.of("Authorization", "Bearer " + key));
        };
    }

    @Override
    public Dialect dialect(Opening opening) {
        ObjectNode finalize = Json.object().put("type", "finalize");
        opening.options()
                .find(SonioxOptions.TRAILING_SILENCE)
                .ifPresent(value -> finalize.put("trailing_silence_ms", Long.parseLong(value)));
        return new SonioxDialect(opening.sessionId(), SonioxOptions.start(opening), finalize);
    }
}
