package io.steadyline.benchmarks.bridge;

import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.StreamSourceFrameChannel;
import io.undertow.websockets.core.WebSocketCallback;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of the bridge: in, a frame each 20 ms from one queue to the other, out. The I/O thread. */
final class BridgeCall extends AbstractReceiveListener {

    private static final Logger log = LoggerFactory.getLogger(BridgeCall.class);
    private static final int RX_FRAMES = 200;
    private static final int TX_FRAMES = 144;
    private static final int LONGEST_MESSAGE_BYTES = 64 * 1024;

    private final WebSocketChannel channel;
    private final Deque<byte[]> rx = new ArrayDeque<>();
    private final Deque<byte[]> tx = new ArrayDeque<>();
    private final byte[] scratch = new byte[LONGEST_MESSAGE_BYTES];
    private byte[] head = new byte[0];

    BridgeCall(WebSocketChannel channel) {
        this.channel = channel;
    }

    boolean isOver() {
        return !channel.isOpen();
    }

    /** As bytes, which the text of a message is not by this API: its characters would cost more than all the rest. */
    @Override
    protected void onText(WebSocketChannel from, StreamSourceFrameChannel frame) throws IOException {
        new BufferedBinaryMessage(LONGEST_MESSAGE_BYTES, true).read(frame, new WebSocketCallback<>() {
            @Override
            public void complete(WebSocketChannel ofCall, BufferedBinaryMessage message) {
                onMessage(message);
            }

            @Override
            public void onError(WebSocketChannel ofCall, BufferedBinaryMessage message, Throwable failure) {
                log.debug("a message was not read whole", failure);
            }
        });
    }

    private void onMessage(BufferedBinaryMessage message) {
        int length = 0;
        try (var data = message.getData()) {
            for (ByteBuffer part : data.getResource()) {
                int count = part.remaining();
                part.get(scratch, length, count);
                length += count;
            }
        }
        byte[] audio = MediaText.audio(scratch, length);
        if (audio.length > 0) {
            put(rx, audio, RX_FRAMES);
        } else if (head.length == 0) {
            byte[] sid = MediaText.streamSid(scratch, length);
            head = sid.length == 0 ? head : MediaText.head(sid);
        }
    }

    /** The 20 ms are over. */
    void turn() {
        byte[] heard = rx.poll();
        if (heard != null) {
            put(tx, heard, TX_FRAMES);
        }
        byte[] said = tx.poll();
        if (said != null) {
            WebSockets.sendText(ByteBuffer.wrap(MediaText.media(head, said)), channel, null);
        }
    }

    private static void put(Deque<byte[]> queue, byte[] frame, int most) {
        if (queue.size() == most) {
            queue.remove();
        }
        queue.add(frame);
    }
}
