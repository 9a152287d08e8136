package io.steadyline.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The echo that the Autobahn suite is run against, with the JDK's own client. */
class FrameEchoTest {

    private static final int MAX_MESSAGE_BYTES = 200_000;
    private static final int PATIENCE_S = 20;

    private final FrameEcho echo = FrameEcho.start(MAX_MESSAGE_BYTES);
    private final HttpClient client = HttpClient.newHttpClient();
    private final Heard heard = new Heard();

    @AfterEach
    void stop() {
        client.shutdownNow();
        echo.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 2_047, 65_535, 65_536, MAX_MESSAGE_BYTES})
    void shouldSendBackTextAndBinaryOfEveryFormOfLength(int bytes) throws Exception {
        String text = "x".repeat(bytes);
        WebSocket socket = connect();
        socket.sendText(text, true).get(PATIENCE_S, TimeUnit.SECONDS);
        assertThat(heard.next()).isEqualTo("text " + text);
        socket.sendBinary(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), true)
                .get(PATIENCE_S, TimeUnit.SECONDS);
        assertThat(heard.next()).isEqualTo("binary " + text);
        socket.sendClose(3000, "enough").get(PATIENCE_S, TimeUnit.SECONDS);
        assertThat(heard.next()).isEqualTo("close 3000");
    }

    @Test
    void shouldKeepTheOrderOfMessagesThatComeFasterThanTheyLeave() throws Exception {
        WebSocket socket = connect();
        for (int i = 0; i < 200; i++) {
            socket.sendText(i + "x".repeat(1_000), true).get(PATIENCE_S, TimeUnit.SECONDS);
        }
        for (int i = 0; i < 200; i++) {
            assertThat(heard.next()).startsWith("text " + i + "x");
        }
    }

    @Test
    void shouldCloseWith1009OverTheLimit() throws Exception {
        WebSocket socket = connect();
        CompletableFuture<WebSocket> sending = socket.sendText("x".repeat(MAX_MESSAGE_BYTES + 1), true);
        assertThat(heard.next()).isEqualTo("close 1009");
        // Its end may have left or not.
        sending.cancel(true);
    }

    private WebSocket connect() throws Exception {
        return client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + echo.port() + "/"), heard)
                .get(PATIENCE_S, TimeUnit.SECONDS);
    }

    private static final class Heard implements WebSocket.Listener {

        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

        String next() throws InterruptedException {
            return String.valueOf(messages.poll(PATIENCE_S, TimeUnit.SECONDS));
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add("text " + text);
                text.setLength(0);
            }
            return WebSocket.Listener.super.onText(socket, data, last);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            binary.writeBytes(bytes);
            if (last) {
                messages.add("binary " + binary.toString(StandardCharsets.US_ASCII));
                binary.reset();
            }
            return WebSocket.Listener.super.onBinary(socket, data, last);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            messages.add("close " + code);
            return WebSocket.Listener.super.onClose(socket, code, reason);
        }
    }
}
