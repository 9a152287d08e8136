package io.steadyline.offenders.websocket.twilio;

import java.io.IOException;
import java.net.Socket;

/** A socket in a codec. */
public final class DialectWithASocket {
    void close(Socket socket) throws IOException {
        socket.close();
    }
}
