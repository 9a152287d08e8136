package io.steadyline.stt.azure;

import io.steadyline.stt.vendor.Dialect.Garbled;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Speaks to a peer as the SDK does, but only what it is told. A turn is named by a letter. */
final class UspClient implements WebSocket.Listener {

    private static final String CONFIG = "{\"context\":{\"system\":{\"name\":\"test\"}}}";
    private static final String CONTEXT = "{\"phraseDetection\":{\"language\":\"en-US\"}}";

    /** One for all: its threads end with the process. */
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private volatile int closeCode = -1;
    private volatile String closeReason = "";
    private volatile @Nullable WebSocket socket;

    private UspClient() {}

    static UspClient open(URI uri, String key) {
        UspClient client = new UspClient();
        client.socket = HTTP.newWebSocketBuilder()
                .header("Ocp-Apim-Subscription-Key", key)
                .header("X-ConnectionId", id("c"))
                .buildAsync(uri, client)
                .join();
        return client;
    }

    /** The status of the answer to a request that is not granted. */
    static int refusedWith(URI uri, String key) {
        try {
            open(uri, key);
            throw new AssertionError("request: " + uri + " is granted (expected: refused)");
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw failed;
        }
    }

    UspClient config() {
        return text("Path:speech.config\r\nContent-Type:application/json\r\n\r\n" + CONFIG);
    }

    UspClient context(String turn) {
        return text("Path:speech.context\r\nX-RequestId:" + id(turn) + "\r\n\r\n" + CONTEXT);
    }

    /** Of linear samples at 8 kHz. */
    UspClient header(String turn) {
        ByteBuffer wave = ByteBuffer.allocate(WaveHeader.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        wave.put(0, "RIFF".getBytes(StandardCharsets.US_ASCII)).put(8, "WAVEfmt ".getBytes(StandardCharsets.US_ASCII));
        wave.putInt(16, 16).putShort(20, (short) 1).putShort(22, (short) 1);
        wave.putInt(24, 8_000).putInt(28, 16_000).putShort(32, (short) 2).putShort(34, (short) 16);
        wave.put(36, "data".getBytes(StandardCharsets.US_ASCII));
        return binary(headers(turn) + "Content-Type:audio/x-wav\r\n", wave.array());
    }

    UspClient audio(String turn, byte[] samples) {
        return binary(headers(turn), samples);
    }

    UspClient text(String message) {
        open().sendText(message, true).join();
        return this;
    }

    List<String> texts() {
        return List.copyOf(texts);
    }

    List<String> paths() {
        return texts.stream().map(text -> read(text).path()).toList();
    }

    /** The body of the first message with this path. */
    String said(String path) {
        return texts.stream()
                .map(UspClient::read)
                .filter(message -> message.path().equals(path))
                .findFirst()
                .map(UspMessage::text)
                .orElse("");
    }

    /** -1: not closed. */
    int closeCode() {
        return closeCode;
    }

    String closeReason() {
        return closeReason;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            texts.add(part.toString());
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        closeReason = reason;
        closeCode = statusCode;
        return null;
    }

    private UspClient binary(String headers, byte[] body) {
        byte[] head = headers.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(head.length >> 8);
        message.write(head.length);
        message.writeBytes(head);
        message.writeBytes(body);
        open().sendBinary(ByteBuffer.wrap(message.toByteArray()), true).join();
        return this;
    }

    private WebSocket open() {
        WebSocket opened = socket;
        if (opened == null) {
            throw new IllegalStateException("socket: none (expected: open() before anything is said)");
        }
        return opened;
    }

    private static String headers(String turn) {
        return "Path:audio\r\nX-RequestId:" + id(turn) + "\r\nX-StreamId:1\r\n";
    }

    private static String id(String letter) {
        return letter.repeat(32);
    }

    private static UspMessage read(String text) {
        try {
            return UspMessage.ofText(text);
        } catch (Garbled notReadable) {
            throw new AssertionError(notReadable);
        }
    }
}
