package io.steadyline.websocket.downstream;

import io.steadyline.port.AgentDoor;
import io.steadyline.port.AgentSeat;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connect. Ends with the connection, with a refusal, or cancelled: whichever comes first. */
final class Dial implements AgentDoor.Search, Runnable {

    private final HttpClient client;
    private final DownstreamConfig config;
    private final Map<String, String> headers;
    private final WebSocket.Listener listener;
    private final AgentSeat seat;
    private final Consumer<WebSocket> onConnected;
    private final AtomicBoolean ended = new AtomicBoolean();

    Dial(
            HttpClient client,
            DownstreamConfig config,
            Map<String, String> headers,
            WebSocket.Listener listener,
            AgentSeat seat,
            Consumer<WebSocket> onConnected) {
        this.client = client;
        this.config = config;
        this.headers = headers;
        this.listener = listener;
        this.seat = seat;
        this.onConnected = onConnected;
    }

    @Override
    public void run() {
        if (ended.get()) {
            return;
        }
        try {
            // The client would do it on a thread that serves all bots. It finds the answer remembered.
            var _ = InetAddress.getByName(config.url().getHost());
            WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(config.connectTimeout());
            headers.forEach(builder::header);
            var _ = builder.buildAsync(config.url(), listener).whenComplete(this::onAnswer);
        } catch (UnknownHostException | RuntimeException failure) {
            onAnswer(null, failure);
        }
    }

    private void onAnswer(@Nullable WebSocket socket, @Nullable Throwable failure) {
        boolean isFirst = ended.compareAndSet(false, true);
        if (socket != null && !isFirst) {
            socket.abort();
        } else if (socket != null) {
            onConnected.accept(socket);
        } else if (isFirst && failure != null) {
            seat.refused(Failures.ofConnect(failure, config));
        }
    }

    @Override
    public void cancel() {
        ended.set(true);
    }
}
