package io.steadyline.offenders.websocket.twilio;

import io.undertow.websockets.core.WebSocketChannel;

/** The server's types in a dialect. */
public record DialectWithAChannel(WebSocketChannel channel) {}
