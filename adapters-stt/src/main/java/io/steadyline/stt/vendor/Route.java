package io.steadyline.stt.vendor;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** Where a connection goes and what opens it. Headers may hold secrets: never logged. */
public sealed interface Route {

    /** A WebSocket (RFC 6455). */
    record WebSocket(URI uri, Map<String, String> headers, List<String> subprotocols) implements Route {
        public WebSocket {
            headers = Map.copyOf(headers);
            subprotocols = List.copyOf(subprotocols);
        }

        public WebSocket(URI uri, Map<String, String> headers) {
            this(uri, headers, List.of());
        }

        /** Without the query, which may hold a token. */
        @Override
        public String toString() {
            return uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
        }
    }

    /** An HTTP POST whose answer names the WebSocket. */
    record Prepared(URI uri, Map<String, String> headers, String body, Next next) implements Route {

        /** Reads the answer of a status 2xx. */
        @FunctionalInterface
        public interface Next {
            WebSocket webSocket(String answer) throws Dialect.Garbled;
        }

        public Prepared {
            headers = Map.copyOf(headers);
        }

        @Override
        public String toString() {
            return uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
        }
    }

    /** Something of the vendor's own, such as gRPC, an SDK or a library in this process. */
    record Own(String where, Transport transport) implements Route {
        @Override
        public String toString() {
            return where;
        }
    }
}
