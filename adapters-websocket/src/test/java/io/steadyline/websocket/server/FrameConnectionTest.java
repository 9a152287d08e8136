package io.steadyline.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.port.NoSlot;
import io.steadyline.websocket.frames.CloseCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;

/** What leaves a socket, in which order, when messages wait for the end of their round. Over a real connection. */
class FrameConnectionTest {

    private static final byte[] CLOSE_1000 = {(byte) 0x88, 2, 0x03, (byte) 0xe8};
    /** More than the buffers of both ends hold. */
    private static final int HUGE = 16 * 1024 * 1024;

    private static final int PATIENCE_MS = 20_000;

    private OneIoThread io;
    private MediaLoop loop;
    private ServerSocket listener;
    private final Remembering owner = new Remembering();
    private Socket peer;
    private FrameConnection connection;

    /** Answers each message with {@code answer}. On the loop, but for the constructor and that field. */
    private final class Remembering implements FrameConnection.Owner {
        private final List<String> heard = new ArrayList<>();
        private volatile String answer = "";

        @Override
        public void onMessage(boolean text, byte[] message, int length) {
            heard.add(new String(message, 0, length, StandardCharsets.UTF_8));
            if (!answer.isEmpty() && connection.isWritable()) {
                send(answer);
            }
        }

        @Override
        public void onSent() {
            heard.add("sent");
        }

        @Override
        public void onFailure(RuntimeException failure) {
            heard.add("failure: " + failure);
        }

        @Override
        public void onTooBig() {
            heard.add("too big");
        }

        @Override
        public void onClosed(int code, String reason) {
            heard.add("closed " + code);
        }
    }

    @BeforeEach
    void connect() throws IOException {
        io = new OneIoThread();
        loop = new MediaLoop(io.thread());
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        StreamConnection raw = io.thread()
                .openStreamConnection(listener.getLocalSocketAddress(), null, OptionMap.EMPTY)
                .get();
        peer = listener.accept();
        peer.setSoTimeout(PATIENCE_MS);
        FrameConnection.Scratch scratch = new FrameConnection.Scratch(new byte[65_536], 65_536);
        connection = io.call(
                () -> new FrameConnection(raw, new NoSlot(), loop, scratch, FrameConnection.Position.start(0), owner));
        io.call(() -> {
            connection.open();
            return true;
        });
    }

    @AfterEach
    void close() throws IOException {
        peer.close();
        listener.close();
        io.close();
    }

    @Test
    void shouldSendWhatWaitsForItsRoundBeforeTheCloseFrameOfTheSameRound() throws IOException {
        io.call(() -> {
            send("goodbye");
            connection.close(CloseCode.NORMAL, "");
            return true;
        });
        assertThat(read(9 + CLOSE_1000.length)).isEqualTo(bytes(text("goodbye"), CLOSE_1000));
        assertThat(io.call(() -> connection.isWritable())).isFalse();
    }

    @Test
    void shouldAnswerAPingBehindTheAnswerThatWaits() throws IOException {
        owner.answer = "answer";
        byte[] question = {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'q'};
        byte[] ping = {(byte) 0x89, (byte) 0x81, 0, 0, 0, 0, 'p'};
        peer.getOutputStream().write(bytes(question, ping, question));
        byte[] pong = {(byte) 0x8a, 1, 'p'};
        assertThat(read(19)).isEqualTo(bytes(text("answer"), pong, text("answer")));
        assertThat(heard()).containsExactly("q", "q");
    }

    @Test
    void shouldSendSeveralMessagesOfARoundInTheirOrder() throws IOException {
        io.call(() -> {
            for (int i = 0; i < 100; i++) {
                assertThat(connection.isWritable()).isTrue();
                send("%02d".formatted(i));
            }
            return true;
        });
        byte[] all = read(400);
        for (int i = 0; i < 100; i++) {
            assertThat(Arrays.copyOfRange(all, 4 * i, 4 * i + 4)).isEqualTo(text("%02d".formatted(i)));
        }
    }

    @Test
    void shouldSendNothingMoreAndSayItOnceWhenItIsAbortedInItsRound() throws IOException {
        io.call(() -> {
            send("too late");
            connection.abort();
            return true;
        });
        assertThat(peer.getInputStream().read()).isEqualTo(-1);
        assertThat(heard()).containsExactly("closed " + CloseCode.ABNORMAL);
    }

    @Test
    void shouldSayWhenAMessageHasLeftThatTheSocketDidNotTakeAtOnce() throws IOException {
        String huge = "x".repeat(HUGE);
        io.call(() -> {
            send(huge);
            return true;
        });
        assertThat(io.call(() -> connection.isWritable())).isFalse();
        assertThat(heard()).isEmpty();
        assertThat(read(10 + HUGE)).isEqualTo(bytes(hugeHeader(), huge.getBytes(StandardCharsets.UTF_8)));
        awaitHeard("sent");
        io.call(() -> {
            send("next");
            return true;
        });
        assertThat(read(6)).isEqualTo(text("next"));
    }

    @Test
    void shouldSendTheWholeMessageBeforeTheCloseFrameThatComesInTheMiddleOfIt() throws IOException {
        String huge = "x".repeat(HUGE);
        io.call(() -> {
            send(huge);
            return true;
        });
        io.call(() -> {
            connection.close(CloseCode.NORMAL, "");
            return true;
        });
        assertThat(read(10 + HUGE + CLOSE_1000.length))
                .isEqualTo(bytes(hugeHeader(), huge.getBytes(StandardCharsets.UTF_8), CLOSE_1000));
    }

    private void send(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        connection.begin(payload.length).put(payload);
        connection.end(false);
    }

    private List<String> heard() {
        return io.call(() -> List.copyOf(owner.heard));
    }

    private void awaitHeard(String what) {
        long limitNs = System.nanoTime() + PATIENCE_MS * 1_000_000L;
        List<String> heard = heard();
        while (!heard.contains(what)) {
            assertThat(System.nanoTime() - limitNs).as("heard: %s", heard).isNegative();
            LockSupport.parkNanos(1_000_000);
            heard = heard();
        }
    }

    private byte[] read(int length) throws IOException {
        return peer.getInputStream().readNBytes(length);
    }

    /** As RFC 6455 section 5.2 draws it; a server does not mask. */
    private static byte[] text(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        return bytes(new byte[] {(byte) 0x81, (byte) payload.length}, payload);
    }

    private static byte[] hugeHeader() {
        return new byte[] {(byte) 0x81, 127, 0, 0, 0, 0, (byte) (HUGE >> 24), (byte) (HUGE >> 16), 0, 0};
    }

    private static byte[] bytes(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
