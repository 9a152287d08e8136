package io.steadyline.bootstrap.drill;

import io.steadyline.bootstrap.drill.DrillGateway.DrillSetUp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The address of a recogniser that does not work; counts who comes. */
final class DeadVendor implements AutoCloseable {

    /** In which way it does not work. */
    enum Kind {
        /** Connections are refused by the kernel, so that nobody can count them here. */
        REFUSES("nobody listens"),
        SILENT("it takes connections and says nothing"),
        BUSY("it answers each upgrade with 503");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private static final int BACKLOG = 1_024;
    private static final byte[] REFUSAL =
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbusy"
                    .getBytes(StandardCharsets.US_ASCII);

    private final Kind kind;
    private final int port;
    private final @Nullable ServerSocket listener;
    private final AtomicLong connects = new AtomicLong();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    DeadVendor(Kind kind) throws IOException {
        this.kind = kind;
        if (kind == Kind.REFUSES) {
            listener = null;
            port = DrillSetUp.freePort();
            return;
        }
        ServerSocket listening = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        listener = listening;
        port = listening.getLocalPort();
        Thread.ofVirtual().start(() -> accept(listening));
    }

    String url() {
        return "ws://127.0.0.1:" + port + "/stt";
    }

    /** Connections that came; 0 when nobody listens. */
    long connects() {
        return connects.get();
    }

    private void accept(ServerSocket listening) {
        try {
            while (true) {
                Socket caller = listening.accept();
                connects.incrementAndGet();
                open.add(caller);
                if (kind == Kind.BUSY) {
                    Thread.ofVirtual().start(() -> refuse(caller));
                }
            }
        } catch (IOException closed) {
            // By close(), and then there is nothing more to do here.
            close();
        }
    }

    private void refuse(Socket caller) {
        try (caller;
                BufferedReader request =
                        new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = request.readLine();
            while (line != null && !line.isEmpty()) {
                line = request.readLine();
            }
            caller.getOutputStream().write(REFUSAL);
        } catch (IOException gone) {
            // It has what it came for: it was counted, and it has no recogniser.
            open.remove(caller);
        }
        open.remove(caller);
    }

    @Override
    public void close() {
        try {
            if (listener != null) {
                listener.close();
            }
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("closing the dead vendor", failed);
        }
    }
}
