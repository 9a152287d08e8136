package io.steadyline.benchmarks.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import io.steadyline.simulator.ws.Handshake;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Json;
import io.steadyline.websocket.frames.CloseCode;
import io.steadyline.websocket.frames.FrameReader;
import io.steadyline.websocket.frames.FrameWriter;
import io.steadyline.websocket.frames.ProtocolViolation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One caller's connection with the vendor: upgrade, start, audio, stop. The thread {@code vendor}. */
final class VendorSocket {

    /** What a turn that is late by half a second finds, and more. A power of two. */
    static final int RING_BYTES = 16 * 1024;

    private static final String HEAD_END = "\r\n\r\n";
    private static final Pattern WEB_SOCKET_KEY =
            Pattern.compile("^sec-websocket-key: *(\\S+) *$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private enum State {
        UPGRADING,
        OPEN,
        LISTENING,
        STOPPED,
        OVER
    }

    private final SocketChannel channel;
    private final String secret;
    private final byte[] scratch;
    private final ByteBuffer ring = ByteBuffer.allocate(RING_BYTES);
    private final ByteBuffer out = ByteBuffer.allocate(1_024);
    private final Answers answers = new Answers();
    private @Nullable FrameReader reader;
    private State state = State.UPGRADING;
    /** Offset in the stream of what was read last. */
    private long end;

    private boolean started;
    private boolean stopped;
    private long startedNs;
    private long openNs;
    private long messages;
    private long answered;

    /** @param scratch at least as long as the ring; may be shared by all */
    VendorSocket(SocketChannel channel, String secret, byte[] scratch) {
        this.channel = channel;
        this.secret = secret;
        this.scratch = scratch;
    }

    boolean isStarted() {
        return started;
    }

    boolean isStopped() {
        return stopped;
    }

    long messages() {
        return messages;
    }

    long answered() {
        return answered;
    }

    long audioMs() {
        return answers.audioMs();
    }

    /** From start to stop. */
    long openNs() {
        return openNs;
    }

    /** Reads what has come. False: the other side is gone, or has said that it goes. */
    boolean turn(long nowNs) throws IOException {
        boolean mayHaveMore = true;
        while (mayHaveMore && state != State.OVER) {
            int at = (int) end & RING_BYTES - 1;
            long taken = reader == null ? 0 : reader.offset();
            int room = (int) Math.min(RING_BYTES - at, RING_BYTES - (end - taken));
            int count = channel.read(ring.clear().limit(at + room).position(at));
            ring.clear();
            if (count < 0) {
                return false;
            }
            end += count;
            mayHaveMore = count == room;
            take(nowNs);
        }
        return state != State.OVER;
    }

    void close() throws IOException {
        channel.close();
    }

    private void take(long nowNs) throws IOException {
        FrameReader frames = reader == null ? upgraded() : reader;
        try {
            while (frames != null && state != State.OVER) {
                switch (frames.next(end)) {
                    case BINARY -> onAudio(frames.length());
                    case TEXT ->
                        onText(new String(frames.message(), 0, frames.length(), StandardCharsets.UTF_8), nowNs);
                    case PING -> {
                        FrameWriter.pong(out, frames.message(), frames.length());
                        write();
                    }
                    case CLOSE -> onClose();
                    case PONG, PART -> {}
                    case NOTHING -> {
                        return;
                    }
                }
            }
        } catch (ProtocolViolation violation) {
            throw new IOException("WebSocket: " + violation.getMessage(), violation);
        }
    }

    /** Null: its head is not complete. */
    private @Nullable FrameReader upgraded() throws IOException {
        String head = new String(ring.array(), 0, (int) end, StandardCharsets.ISO_8859_1);
        int headBytes = head.indexOf(HEAD_END) + HEAD_END.length();
        if (headBytes < HEAD_END.length()) {
            if (end == RING_BYTES) {
                throw new IOException("request: more than " + RING_BYTES + " bytes (expected: a head)");
            }
            return null;
        }
        Matcher key = WEB_SOCKET_KEY.matcher(head);
        if (!key.find() || !head.contains("Authorization: Bearer " + secret + "\r\n")) {
            state = State.OVER;
            answer("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return null;
        }
        answer("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + Handshake.acceptFor(key.group(1)) + HEAD_END);
        state = State.OPEN;
        FrameReader frames = new FrameReader(ring, headBytes, scratch, RING_BYTES);
        reader = frames;
        return frames;
    }

    private void onText(String text, long nowNs) throws IOException {
        JsonNode message;
        try {
            message = Json.read(text);
        } catch (Dialect.Garbled notJson) {
            throw new IOException(notJson.getMessage(), notJson);
        }
        String type = message.path("type").asText();
        if (type.equals("start") && state == State.OPEN) {
            int rateHz = message.path("sampleRateHz").asInt();
            if (rateHz != Answers.SAMPLE_RATE_HZ) {
                throw new IOException("sampleRateHz: " + rateHz + " (expected: " + Answers.SAMPLE_RATE_HZ + ")");
            }
            state = State.LISTENING;
            started = true;
            startedNs = nowNs;
        } else if (type.equals("stop") && state == State.LISTENING) {
            state = State.STOPPED;
            stopped = true;
            openNs = nowNs - startedNs;
            say(answers.onStop());
            FrameWriter.close(out, CloseCode.NORMAL, "");
            write();
        } else {
            throw new IOException("message: " + type + " while " + state + " (expected: start, then stop)");
        }
    }

    private void onAudio(int bytes) throws IOException {
        if (state != State.LISTENING) {
            throw new IOException("audio while " + state + " (expected: between start and stop)");
        }
        messages++;
        byte[] answer = answers.onAudio(bytes);
        if (answer != null) {
            say(answer);
        }
    }

    private void onClose() throws IOException {
        if (state != State.STOPPED) {
            FrameWriter.close(out, CloseCode.NORMAL, "");
            write();
        }
        state = State.OVER;
    }

    private void say(byte[] transcription) throws IOException {
        answered++;
        FrameWriter.begin(out, transcription.length);
        out.put(transcription);
        FrameWriter.end(out, transcription.length, true);
        write();
    }

    private void answer(String head) throws IOException {
        out.clear().put(head.getBytes(StandardCharsets.US_ASCII)).flip();
        write();
    }

    private void write() throws IOException {
        channel.write(out);
        if (out.hasRemaining()) {
            throw new IOException("socket: full (expected: a client that reads what it is told)");
        }
    }
}
