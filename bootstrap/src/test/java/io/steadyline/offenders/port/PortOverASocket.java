package io.steadyline.offenders.port;

import java.net.Socket;

/** A socket in a port. */
public interface PortOverASocket {
    void send(Socket socket);
}
