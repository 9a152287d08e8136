package io.steadyline.benchmarks.bridge;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.spi.WebSocketHttpExchange;
import org.jspecify.annotations.Nullable;

/** The process: {@code EchoBridge PORT}; serves on loopback until it is ended. */
public final class EchoBridge implements WebSocketConnectionCallback {

    private @Nullable Wheel wheel;

    /** @param args the port */
    public static void main(String[] args) {
        server(Integer.parseInt(args[0])).start();
    }

    static Undertow server(int port) {
        return Undertow.builder()
                .addHttpListener(port, "127.0.0.1")
                .setIoThreads(1)
                .setWorkerThreads(1)
                .setHandler(Handlers.websocket(new EchoBridge()))
                .build();
    }

    @Override
    public void onConnect(WebSocketHttpExchange exchange, WebSocketChannel channel) {
        Wheel turning = wheel;
        if (turning == null) {
            turning = new Wheel(channel.getIoThread());
            wheel = turning;
        }
        BridgeCall call = new BridgeCall(channel);
        turning.add(call);
        channel.getReceiveSetter().set(call);
        channel.resumeReceives();
    }
}
