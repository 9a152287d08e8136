package io.steadyline.stt.gladia;

import com.fasterxml.jackson.databind.JsonNode;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.Route;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the answer to the request named. Written by the thread that reads the answer, then read by the session's. */
final class GladiaSession {

    private volatile @Nullable Named named;

    private record Named(String id, Route.WebSocket route) {}

    /** @param asked whom the answer is from: after an encrypted answer no connection goes out unencrypted */
    Route.WebSocket onAnswer(String answer, URI asked) throws Dialect.Garbled {
        JsonNode node = Json.read(answer);
        String url = node.path("url").asText("");
        Route.WebSocket route = new Route.WebSocket(address(url, "https".equals(asked.getScheme())), Map.of());
        named = new Named(node.path("id").asText(""), route);
        return route;
    }

    /** Empty until it is named. */
    String id() {
        Named known = named;
        return known == null ? "" : known.id();
    }

    Optional<Route> route() {
        return Optional.ofNullable(named).map(Named::route);
    }

    /** The address holds a token: it is not repeated in what is said of it. */
    private static URI address(String url, boolean encrypted) throws Dialect.Garbled {
        try {
            URI uri = URI.create(url);
            boolean usable = "wss".equals(uri.getScheme()) || ("ws".equals(uri.getScheme()) && !encrypted);
            if (usable && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException notAnAddress) {
            throw new Dialect.Garbled("url: not an address (expected: of a WebSocket)");
        }
        throw new Dialect.Garbled("url: another kind of address (expected: " + (encrypted ? "wss" : "wss or ws") + ")");
    }
}
