package io.steadyline.websocket.server;

import io.steadyline.port.CallSlot;
import io.steadyline.websocket.frames.CloseCode;
import io.steadyline.websocket.frames.FrameReader;
import io.steadyline.websocket.frames.FrameReader.Found;
import io.steadyline.websocket.frames.FrameWriter;
import io.steadyline.websocket.frames.ProtocolViolation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;

/**
 * One WebSocket on a raw connection: bytes to messages, messages to bytes, pings and the closing handshake. One message
 * at a time is written, from the call's page in the recorder, and what is read goes into that page too: so whoever finds
 * the page after our death knows to the byte where to go on. Runs on the media loop.
 */
final class FrameConnection {

    /** What is told to whom the messages are for. */
    interface Owner {

        /**
         * A whole message. The page's commit is the owner's, once it knows what the message is: so that a death in between
         * neither repeats the act nor hides the message.
         */
        void onMessage(boolean text, byte[] message, int length);

        /** The message in hand has left, for which {@link #isWritable} was false. */
        void onSent();

        /** Writing failed by a mistake of our own; the connection goes on until it is closed. */
        void onFailure(RuntimeException failure);

        /** A message was over the limit; the connection is being closed with 1009. */
        void onTooBig();

        /** Once, when nothing more will come or go. */
        void onClosed(int code, String reason);
    }

    /** A peer that does not answer our close frame gets so long. */
    private static final long CLOSE_TIMEOUT_MS = 5_000;

    private final StreamConnection connection;
    private final CallSlot slot;
    private final MediaLoop loop;
    private final FrameReader reader;
    private final ByteBuffer ring;
    private final Owner owner;
    private final Runnable writeGathered = this::writeGathered;

    private final long readAheadBytes;
    private long readOffset;
    private ByteBuffer out;
    private boolean outIsInPage = true;
    private int outMaxPayload;
    private boolean outIsFrame;
    private long txStart;
    private boolean sending;
    /** The message in hand leaves at the end of the loop's round: nothing of it was written yet. */
    private boolean gathered;
    /** A message was taken, and the page does not say so yet. */
    private boolean commitOwed;

    private byte @Nullable [] pongOwed;
    private @Nullable CloseFrame closeOwed;
    private boolean closeSent;
    private boolean deaf;
    private boolean closed;
    private int peerCode = CloseCode.ABNORMAL;
    private String peerReason = "";

    private record CloseFrame(int code, String reason) {}

    /**
     * @param position where in the stream this connection is: {@link Position#start} for a new one
     */
    FrameConnection(
            StreamConnection connection,
            CallSlot slot,
            MediaLoop loop,
            Scratch scratch,
            Position position,
            Owner owner) {
        this.connection = connection;
        this.slot = slot;
        this.loop = loop;
        this.owner = owner;
        this.ring = slot.rxRing().duplicate();
        this.reader =
                new FrameReader(slot.rxRing(), position.handledOffset(), scratch.bytes(), scratch.maxMessageBytes());
        this.readAheadBytes = position.readAheadBytes();
        this.readOffset = position.readOffset();
        this.txStart = position.txStart();
        this.out = slot.txMessage();
        if (position.txLeftBytes() > 0) {
            out.limit(position.txBytes()).position(position.txBytes() - position.txLeftBytes());
            outIsFrame = position.txIsFrame();
            sending = true;
        }
    }

    /** One message is copied here while it is read; shared by all connections of the loop. */
    record Scratch(@SuppressWarnings("ArrayRecordComponent") byte[] bytes, int maxMessageBytes) {}

    /**
     * @param readAheadBytes how many of the first ones came with the request, and come out of the connection though the socket has none
     * @param readOffset bytes that are in the ring or were
     * @param handledOffset bytes whose messages were handled
     * @param txStart offset of the message in hand
     * @param txBytes its length
     * @param txLeftBytes how much of it is still to be written
     */
    record Position(
            long readAheadBytes,
            long readOffset,
            long handledOffset,
            long txStart,
            int txBytes,
            int txLeftBytes,
            boolean txIsFrame) {

        /** Of a new connection. */
        static Position start(int readAheadBytes) {
            return new Position(readAheadBytes, 0, 0, 0, 0, 0, false);
        }
    }

    /** Begins to read, and to write what was in hand. */
    void open() {
        connection.getCloseSetter().set(_ -> onConnectionClosed());
        connection.getSourceChannel().setReadListener(_ -> onReadable());
        connection.getSinkChannel().setWriteListener(_ -> onWritable());
        if (sending) {
            connection.getSinkChannel().resumeWrites();
        }
        connection.getSourceChannel().resumeReads();
        // What the process before us had read already will not make the socket readable.
        takeFrames();
    }

    /** Whether a message may be begun. One that waits for the end of the round leaves now, so that this one can follow it. */
    boolean isWritable() {
        writeGathered();
        return !sending && !closeSent && closeOwed == null && !closed;
    }

    /** Begins a message: the payload goes into the buffer from its position on. Only when writable. */
    ByteBuffer begin(int maxPayloadBytes) {
        int neededBytes = FrameWriter.maxFrameBytes(maxPayloadBytes);
        if (neededBytes <= slot.txMessage().capacity()) {
            writeFromPage();
        } else {
            out = ByteBuffer.allocate(neededBytes);
            outIsInPage = false;
        }
        outMaxPayload = maxPayloadBytes;
        FrameWriter.begin(out, maxPayloadBytes);
        return out;
    }

    private void writeFromPage() {
        if (!outIsInPage) {
            out = slot.txMessage();
            outIsInPage = true;
        }
    }

    /** Ends it as a text message. The socket gets it at the end of the loop's round. */
    void end(boolean isFrame) {
        end(isFrame, true);
    }

    /** The same for text or binary. */
    void end(boolean isFrame, boolean isText) {
        FrameWriter.end(out, outMaxPayload, isText);
        write(isFrame);
    }

    /** Notes that the message in hand is handled, unless what was written for it has noted it already. */
    void commitHandled() {
        if (commitOwed) {
            commit();
        }
    }

    private void commit() {
        commitOwed = false;
        slot.commit();
    }

    /** Sends a close frame when what is in hand has left, and goes on to listen for the peer's for a while. */
    void close(int code, String reason) {
        if (closeSent || closeOwed != null || closed) {
            return;
        }
        writeGathered();
        closeOwed = new CloseFrame(code, reason);
        loop.after(CLOSE_TIMEOUT_MS, this::abort);
        payDebts();
    }

    /** Ends the connection at once. */
    void abort() {
        if (!closed) {
            IoUtils.safeClose(connection);
        }
    }

    String peerAddress() {
        return String.valueOf(connection.getPeerAddress());
    }

    /** Reads once in a round, so that nobody's first frame waits for all that another peer sends at once. */
    private void onReadable() {
        try {
            boolean isAhead;
            do {
                int read = deaf ? skip() : fill(ring.capacity() - (int) (readOffset - reader.offset()));
                if (read < 0) {
                    abort();
                    return;
                }
                if (!deaf) {
                    takeFrames();
                }
                // The selector does not know of bytes that came with the request.
                isAhead = read > 0 && readOffset < readAheadBytes;
            } while (isAhead && !closed && !deaf);
        } catch (IOException broken) {
            onBroken(broken);
        }
    }

    /** Reads into the free part of the ring, which may be in two pieces. Bytes read; -1 at the end of the stream. */
    private int fill(int space) throws IOException {
        int total = 0;
        while (total < space) {
            int index = (int) (readOffset & (ring.capacity() - 1));
            int piece = Math.min(space - total, ring.capacity() - index);
            ring.limit(index + piece).position(index);
            int read = connection.getSourceChannel().read(ring);
            if (read <= 0) {
                return total > 0 ? total : read;
            }
            readOffset += read;
            total += read;
            if (read < piece) {
                return total;
            }
        }
        return total;
    }

    /** After a violation, or our close: what still comes means nothing, but must be read for the peer to be heard closing. */
    private int skip() throws IOException {
        ring.clear();
        return connection.getSourceChannel().read(ring);
    }

    private void takeFrames() {
        try {
            while (!closed && !deaf) {
                Found found = reader.next(readOffset);
                if (found == Found.NOTHING) {
                    return;
                }
                slot.rxHandled(reader.offset(), reader.isPartlyElsewhere());
                commitOwed = true;
                take(found);
            }
        } catch (ProtocolViolation violation) {
            deaf = true;
            if (violation.closeCode() == CloseCode.TOO_BIG) {
                owner.onTooBig();
            }
            peerReason = String.valueOf(violation.getMessage());
            close(violation.closeCode(), peerReason);
        }
    }

    private void take(Found found) {
        switch (found) {
            case TEXT, BINARY -> {
                if (closeSent || closeOwed != null) {
                    commit();
                } else {
                    owner.onMessage(found == Found.TEXT, reader.message(), reader.length());
                }
            }
            case PING -> {
                commit();
                writeGathered();
                // Of several pings only the last one has to be answered (RFC 6455 section 5.5.3); the others are while
                // the socket takes it.
                pongOwed = Arrays.copyOf(reader.message(), reader.length());
                payDebts();
            }
            case CLOSE -> {
                commit();
                onPeerClose();
            }
            case PART, PONG, NOTHING -> commit();
        }
    }

    private void onPeerClose() {
        peerCode = reader.closeCode();
        peerReason =
                reader.length() > 2 ? new String(reader.message(), 2, reader.length() - 2, StandardCharsets.UTF_8) : "";
        deaf = true;
        if (!closeSent) {
            close(peerCode, "");
        } else if (!sending) {
            abort();
        }
    }

    private void onWritable() {
        try {
            if (!sending) {
                connection.getSinkChannel().suspendWrites();
                return;
            }
            flush();
            if (isWritable()) {
                owner.onSent();
            }
        } catch (IOException broken) {
            onBroken(broken);
        }
    }

    /** The message in {@link #out} is whole: notes it; it is written with those of other connections. */
    private void write(boolean isFrame) {
        outIsFrame = isFrame;
        sending = true;
        slot.txInHand(txStart, outIsInPage ? out.limit() : -out.limit(), isFrame);
        commit();
        gathered = true;
        loop.writeAtRoundEnd(writeGathered);
    }

    private void writeGathered() {
        try {
            // What was owed behind it is gathered in its turn.
            while (gathered && !closed) {
                flush();
            }
        } catch (IOException broken) {
            onBroken(broken);
        } catch (RuntimeException failure) {
            owner.onFailure(failure);
        }
    }

    private void flush() throws IOException {
        gathered = false;
        while (out.hasRemaining()) {
            if (connection.getSinkChannel().write(out) == 0) {
                connection.getSinkChannel().resumeWrites();
                return;
            }
        }
        sending = false;
        txStart += out.limit();
        slot.txInHand(txStart, 0, false);
        if (outIsFrame) {
            slot.frameOut();
        }
        if (connection.getSinkChannel().isWriteResumed()) {
            connection.getSinkChannel().suspendWrites();
        }
        if (closeSent) {
            onCloseWritten();
            return;
        }
        payDebts();
    }

    /** A pong or a close that had to wait for the message in hand. */
    private void payDebts() {
        if (sending || closed || closeSent) {
            return;
        }
        byte[] pong = pongOwed;
        CloseFrame close = closeOwed;
        if (pong != null) {
            pongOwed = null;
            writeFromPage();
            FrameWriter.pong(out, pong, pong.length);
            write(false);
        } else if (close != null) {
            closeSent = true;
            writeFromPage();
            FrameWriter.close(out, close.code(), close.reason());
            write(false);
        }
    }

    private void onCloseWritten() throws IOException {
        if (peerCode != CloseCode.ABNORMAL) {
            // Both sides have said goodbye: the server ends the connection (RFC 6455 section 7.1.1).
            abort();
        } else if (deaf) {
            // Closing with unread bytes would reset the connection, and our close frame might never be seen.
            connection.getSinkChannel().shutdownWrites();
            connection.getSinkChannel().flush();
        }
    }

    private void onBroken(IOException broken) {
        if (peerReason.isEmpty()) {
            peerReason = String.valueOf(broken.getMessage());
        }
        abort();
    }

    private void onConnectionClosed() {
        if (!closed) {
            closed = true;
            sending = false;
            owner.onClosed(peerCode, peerReason);
        }
    }
}
