package io.steadyline.websocket.server;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;

/** Short answers of the HTTP side. */
final class HttpAnswers {

    private HttpAnswers() {}

    static void text(HttpServerExchange exchange, int status, String text) {
        send(exchange, status, "text/plain; charset=utf-8", text + "\n");
    }

    static void send(HttpServerExchange exchange, int status, String contentType, String body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, contentType);
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseSender().send(body);
    }
}
