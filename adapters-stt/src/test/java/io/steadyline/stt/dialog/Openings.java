package io.steadyline.stt.dialog;

import io.steadyline.stt.peer.PeerRequest;
import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Vendor;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A first connection of a call, and what it looks like on the other side. */
public final class Openings {

    public static final Instant AT = Instant.parse("2026-11-29T12:36:00Z");

    private Openings() {}

    public static Opening of(Vendor vendor, Map<String, String> given) {
        Options options = new Options(CommonOptions.of(vendor), given);
        return new Opening(
                "session-1",
                1,
                vendor.traits(options).audio().getFirst(),
                options,
                options.text(CommonOptions.LANGUAGE),
                options.many(CommonOptions.HINTS),
                "",
                AT);
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
