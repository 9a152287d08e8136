package io.steadyline.benchmarks.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VendorServerTest {

    private static final int FRAME_BYTES = 320;
    private static final int PATIENCE_S = 10;
    private static final String START = "{\"type\":\"start\",\"sampleRateHz\":8000}";
    private static final String STOP = "{\"type\":\"stop\"}";

    /** What a client hears until the close. */
    private static final class Ear implements WebSocket.Listener {

        private final List<Boolean> finals = new ArrayList<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            finals.add(data.toString().contains("\"is_final\":true"));
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
        }
    }

    private static WebSocket open(VendorServer server, HttpClient client, String key, Ear ear) throws Exception {
        return client.newWebSocketBuilder()
                .header("Authorization", "Bearer " + key)
                .buildAsync(server.uri(), ear)
                .get(PATIENCE_S, TimeUnit.SECONDS);
    }

    private static String key(VendorServer server) {
        return server.environment().getOrDefault("STEADYLINE_STT_JAMBONZ_KEY", "");
    }

    private static void send(CompletableFuture<WebSocket> sending) throws Exception {
        sending.get(PATIENCE_S, TimeUnit.SECONDS);
    }

    @Test
    void shouldSayAWordEachHalfSecondOfAudioAndAFinalEachTwo() throws Exception {
        try (VendorServer server = VendorServer.start();
                HttpClient client = HttpClient.newHttpClient()) {
            Ear ear = new Ear();
            WebSocket socket = open(server, client, key(server), ear);
            send(socket.sendText(START, true));
            // More than the ring holds, so that it goes round.
            for (int frame = 0; frame < 110; frame++) {
                send(socket.sendBinary(ByteBuffer.allocate(FRAME_BYTES), true));
            }
            send(socket.sendText(STOP, true));
            assertThat(ear.closed.get(PATIENCE_S, TimeUnit.SECONDS)).isEqualTo(1_000);
            assertThat(ear.finals).containsExactly(false, false, false, true, true);
            VendorHeard heard = server.finish();
            assertThat(heard.sessions()).isEqualTo(1);
            assertThat(heard.lost()).isZero();
            assertThat(heard.messages()).isEqualTo(110);
            assertThat(heard.audioMs()).isEqualTo(2_200);
            assertThat(heard.answers()).isEqualTo(5);
        }
    }

    @Test
    void shouldCountASessionWithoutAStopAsLost() throws Exception {
        try (VendorServer server = VendorServer.start();
                HttpClient client = HttpClient.newHttpClient()) {
            Ear ear = new Ear();
            WebSocket socket = open(server, client, key(server), ear);
            send(socket.sendText(START, true));
            send(socket.sendClose(1_000, ""));
            assertThat(ear.closed.get(PATIENCE_S, TimeUnit.SECONDS)).isEqualTo(1_000);
            assertThat(server.finish().lost()).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseAnotherKey() throws Exception {
        try (VendorServer server = VendorServer.start();
                HttpClient client = HttpClient.newHttpClient()) {
            assertThatThrownBy(() -> open(server, client, "another", new Ear()))
                    .hasCauseInstanceOf(WebSocketHandshakeException.class);
            assertThat(server.finish().sessions()).isZero();
        }
    }
}
