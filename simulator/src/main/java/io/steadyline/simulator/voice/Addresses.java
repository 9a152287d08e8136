package io.steadyline.simulator.voice;

import java.net.URI;
import java.util.Locale;

/**
 * The server's addresses as the outside sees them, which are in its TwiML and are signed, and where they are reached from
 * here: the simulator has no TLS, so it goes past the proxy that has it. Immutable.
 */
final class Addresses {

    private final String outside;
    private final String near;

    /** Both without a slash at the end; {@code outside} is empty when they are the same. */
    Addresses(String outside, String near) {
        this.near = near;
        this.outside = outside.isEmpty() ? near : outside;
    }

    /** The URL of a path of ours, as the outside sees it. */
    String outside(String path) {
        return outside + path;
    }

    /** Where to connect to for a URL of the outside; one of another server is left as it is. */
    URI near(String url) {
        String socketOutside = socket(outside);
        if (isBelow(url, outside)) {
            return URI.create(near + url.substring(outside.length()));
        }
        if (isBelow(url, socketOutside)) {
            return URI.create(socket(near) + url.substring(socketOutside.length()));
        }
        return URI.create(url);
    }

    /** {@code reference} as written in the document at {@code url}; an absolute one byte for byte, since it is signed. */
    static String resolve(String url, String reference) {
        if (reference.isEmpty()) {
            return url;
        }
        return URI.create(reference).isAbsolute()
                ? reference
                : URI.create(url).resolve(reference).toString();
    }

    private static boolean isBelow(String url, String base) {
        String rest = url.startsWith(base) ? url.substring(base.length()) : ":";
        return rest.isEmpty() || rest.startsWith("/") || rest.startsWith("?");
    }

    private static String socket(String web) {
        return web.toLowerCase(Locale.ROOT).startsWith("http") ? "ws" + web.substring("http".length()) : web;
    }
}
