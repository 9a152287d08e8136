package io.steadyline.websocket.server;

import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/**
 * Connections that are not calls: those that have said nothing yet, and those between two requests. There is room for a
 * number of them; a new one beyond it closes the one that was quiet for longest. So whoever connects and says nothing takes
 * the place of his like, and never that of a call. Media loop.
 */
final class QuietConnections {

    private final int max;
    private final SequencedSet<StreamConnection> byLastSign = new LinkedHashSet<>();

    /** @param max at least 1 */
    QuietConnections(int max) {
        this.max = max;
    }

    void onOpened(StreamConnection connection) {
        if (byLastSign.size() >= max) {
            byLastSign.removeIf(known -> !known.isOpen());
        }
        while (byLastSign.size() >= max) {
            IoUtils.safeClose(byLastSign.removeFirst());
        }
        byLastSign.add(connection);
    }

    /** The same handler, whose requests are signs of life; a connection that is upgraded is left alone from then on. */
    HttpHandler heardBy(HttpHandler handler) {
        return exchange -> {
            StreamConnection connection = connectionOf(exchange);
            byLastSign.addLast(connection);
            handler.handleRequest(exchange);
            if (exchange.isUpgrade()) {
                byLastSign.remove(connection);
            }
        };
    }

    private static StreamConnection connectionOf(HttpServerExchange exchange) {
        return ((AbstractServerConnection) exchange.getConnection()).getChannel();
    }
}
