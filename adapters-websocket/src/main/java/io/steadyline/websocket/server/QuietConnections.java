package io.steadyline.websocket.server;

import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.Set;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/**
 * Connections that are not calls: those that have said nothing yet, and those between two requests. There is room for a
 * number of them; a new one beyond it closes the one that was quiet for longest. So whoever connects and says nothing takes
 * the place of his like, and never that of a call. Which connections are in the middle of something is known as well, for
 * a hand-over that is to cut none. Media loop.
 */
final class QuietConnections {

    private final int max;
    private final SequencedSet<StreamConnection> byLastSign = new LinkedHashSet<>();
    /** Has not asked for anything yet, or not got its answer. */
    private final Set<StreamConnection> unanswered = new HashSet<>();

    /** @param max at least 1 */
    QuietConnections(int max) {
        this.max = max;
    }

    void onOpened(StreamConnection connection) {
        if (byLastSign.size() >= max) {
            byLastSign.removeIf(known -> !known.isOpen());
        }
        while (byLastSign.size() >= max) {
            StreamConnection quietest = byLastSign.removeFirst();
            unanswered.remove(quietest);
            IoUtils.safeClose(quietest);
        }
        if (unanswered.size() >= max) {
            unanswered.removeIf(known -> !known.isOpen());
        }
        byLastSign.add(connection);
        unanswered.add(connection);
    }

    /** Whether somebody may be about to ask, or waits for his answer. */
    boolean hasUnanswered() {
        unanswered.removeIf(known -> !known.isOpen());
        return !unanswered.isEmpty();
    }

    /** The same handler; a connection is not quiet while it is asked for something, and never after an upgrade. */
    HttpHandler heardBy(HttpHandler handler) {
        return exchange -> {
            StreamConnection connection = connectionOf(exchange);
            byLastSign.remove(connection);
            unanswered.add(connection);
            exchange.addExchangeCompleteListener((done, next) -> {
                boolean isUpgrade = done.isUpgrade();
                // Perhaps on another thread: a request may be answered by one. After an upgrade's own work in any case.
                connection.getIoThread().execute(() -> onAnswered(connection, isUpgrade));
                next.proceed();
            });
            handler.handleRequest(exchange);
        };
    }

    private void onAnswered(StreamConnection connection, boolean isUpgrade) {
        unanswered.remove(connection);
        if (!isUpgrade && connection.isOpen()) {
            byLastSign.addLast(connection);
        }
    }

    private static StreamConnection connectionOf(HttpServerExchange exchange) {
        return ((AbstractServerConnection) exchange.getConnection()).getChannel();
    }
}
