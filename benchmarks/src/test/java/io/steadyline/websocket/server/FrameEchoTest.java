package io.steadyline.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The echo that the Autobahn suite is run against, with the JDK's own client. */
class FrameEchoTest {

    private static final int MAX_MESSAGE_BYTES = 200_000;
    private static final int PATIENCE_S = 20;

    /** As long as a media message. */
    private static final int MEDIA_BYTES = 350;

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

    /** 60 frames at once, as after a stall of the network: more than one read takes. */
    @RepeatedTest(10)
    void shouldNotLetACallWaitForAllThatAnotherOneSendsAtOnce() throws Exception {
        try (Socket bursting = rawSocket();
                Socket other = rawSocket()) {
            CountDownLatch sent = new CountDownLatch(1);
            echo.onLoop(() -> await(sent));
            bursting.getOutputStream().write(textFrames(60));
            other.getOutputStream().write(textFrames(1));
            sent.countDown();
            int echoed = 60 * (4 + MEDIA_BYTES);
            assertThat(bursting.getInputStream().readNBytes(echoed)).hasSize(echoed);
            assertThat(other.getInputStream().available()).isEqualTo(4 + MEDIA_BYTES);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private Socket rawSocket() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), echo.port());
        socket.setSoTimeout(PATIENCE_S * 1_000);
        socket.getOutputStream()
                .write(String.join(
                                "\r\n",
                                "GET / HTTP/1.1",
                                "Host: localhost",
                                "Upgrade: websocket",
                                "Connection: Upgrade",
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                                "",
                                "")
                        .getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) socket.getInputStream().read());
        }
        assertThat(answer.toString()).startsWith("HTTP/1.1 101 ");
        return socket;
    }

    /** Masked with a key of zeros, which leaves the text as it is. */
    private static byte[] textFrames(int count) {
        ByteBuffer frames = ByteBuffer.allocate(count * (8 + MEDIA_BYTES));
        for (int i = 0; i < count; i++) {
            frames.put((byte) 0x81)
                    .put((byte) 0xFE)
                    .putShort((short) MEDIA_BYTES)
                    .putInt(0);
            frames.put("x".repeat(MEDIA_BYTES).getBytes(StandardCharsets.US_ASCII));
        }
        return frames.array();
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
