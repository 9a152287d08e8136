package io.steadyline.stt.vendor;

import io.steadyline.stt.peer.PeerRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Connections of a call in English, opened at {@link #AT} with the key that peers accept. */
public final class Openings {

    public static final Instant AT = Instant.parse("2026-11-29T12:36:00Z");

    private Openings() {}

    public static Opening of(Vendor vendor, Map<String, String> given) {
        return of(vendor, given, options(vendor, given).many(CommonOptions.HINTS), "");
    }

    public static Opening of(Vendor vendor, Map<String, String> given, List<String> hints, String context) {
        Options options = options(vendor, given);
        VendorAudio audio = vendor.traits(options).audio().getFirst();
        return new Opening("session-1", 1, audio, options, options.text(CommonOptions.LANGUAGE), hints, context, AT);
    }

    public static Opening withAudio(Opening opening, VendorAudio audio) {
        return new Opening(
                opening.sessionId(),
                opening.attempt(),
                audio,
                opening.options(),
                opening.language(),
                opening.hints(),
                opening.context(),
                opening.at());
    }

    public static Options options(Vendor vendor, Map<String, String> given) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("key", "good-key"));
        all.putAll(given);
        return new Options(CommonOptions.of(vendor), all);
    }

    /** As the other side reads it. */
    public static PeerRequest request(Route.WebSocket route) {
        Map<String, String> headers = new HashMap<>();
        headers.put("host", route.uri().getAuthority());
        route.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        if (!route.subprotocols().isEmpty()) {
            headers.put("sec-websocket-protocol", String.join(", ", route.subprotocols()));
        }
        return new PeerRequest(route.uri().getRawPath(), query(route.uri()), headers);
    }

    public static Map<String, String> query(URI uri) {
        Map<String, String> query = new HashMap<>();
        if (uri.getRawQuery() == null) {
            return query;
        }
        for (String pair : uri.getRawQuery().split("&", -1)) {
            int equals = pair.indexOf('=');
            query.merge(
                    decoded(pair.substring(0, equals)),
                    decoded(pair.substring(equals + 1)),
                    (first, second) -> first + "," + second);
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
