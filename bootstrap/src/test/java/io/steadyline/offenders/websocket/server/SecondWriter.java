package io.steadyline.offenders.websocket.server;

import io.undertow.websockets.core.WebSocketChannel;
import java.io.IOException;

/** Writes to a socket past the one writer. */
public final class SecondWriter {
    void hangUp(WebSocketChannel channel) throws IOException {
        channel.sendClose();
    }
}
