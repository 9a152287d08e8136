package io.steadyline.simulator.ws;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Incremental parser for the frames of a server (RFC 6455 §5): any split of the bytes gives the same calls. Refuses
 * what a server must not send: masked frames, reserved bits and opcodes, fragmented or long control frames, stray
 * continuations.
 */
public final class FrameParser {

    private static final int MAX_CONTROL_BYTES = 125;
    private static final int MAX_HEADER_BYTES = 10;

    private final int maxMessageBytes;
    private final byte[] header = new byte[MAX_HEADER_BYTES];
    private int headerBytes;
    private boolean inPayload;
    private boolean closed;

    private boolean fin;
    private int opcode;
    private int payloadLeft;

    /** 0 while no data message is open. */
    private int messageOpcode;

    private byte[] message = new byte[512];
    private int messageBytes;
    private final byte[] control = new byte[MAX_CONTROL_BYTES];
    private int controlBytes;

    public FrameParser(int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
    }

    public void parse(ByteBuffer in, FrameSink sink) throws ProtocolException {
        while (!closed) {
            if (!inPayload) {
                if (!readHeader(in)) {
                    return;
                }
                beginPayload();
            }
            if (!readPayload(in)) {
                return;
            }
            endFrame(sink);
        }
    }

    private boolean readHeader(ByteBuffer in) {
        while (headerBytes < headerNeeded()) {
            if (!in.hasRemaining()) {
                return false;
            }
            header[headerBytes++] = in.get();
        }
        return true;
    }

    private int headerNeeded() {
        if (headerBytes < 2) {
            return 2;
        }
        return switch (header[1] & 0x7F) {
            case 126 -> 4;
            case 127 -> MAX_HEADER_BYTES;
            default -> 2;
        };
    }

    private void beginPayload() throws ProtocolException {
        fin = (header[0] & 0x80) != 0;
        opcode = header[0] & 0x0F;
        long length = payloadLength();
        require((header[0] & 0x70) == 0, "reserved bits set without an extension");
        require((header[1] & 0x80) == 0, "masked frame from a server");
        if (Opcode.isControl(opcode)) {
            require(opcode <= Opcode.PONG, "reserved opcode " + opcode);
            require(fin, "fragmented control frame");
            require(length <= MAX_CONTROL_BYTES, "control frame of " + length + " bytes (expected: 125 at most)");
            controlBytes = 0;
        } else {
            beginData(length);
        }
        payloadLeft = (int) length;
        headerBytes = 0;
        inPayload = true;
    }

    private void beginData(long length) throws ProtocolException {
        require(opcode <= Opcode.BINARY, "reserved opcode " + opcode);
        if (opcode == Opcode.CONTINUATION) {
            require(messageOpcode != 0, "continuation without a message");
        } else {
            require(messageOpcode == 0, "new message inside a fragmented one");
            messageOpcode = opcode;
            messageBytes = 0;
        }
        if (length < 0 || length > maxMessageBytes - messageBytes) {
            throw new ProtocolException(
                    CloseStatus.TOO_BIG,
                    "message of more than " + maxMessageBytes + " bytes (frame of " + length + ")");
        }
        int needed = messageBytes + (int) length;
        if (needed > message.length) {
            message = Arrays.copyOf(message, Math.max(needed, message.length * 2));
        }
    }

    private long payloadLength() {
        int first = header[1] & 0x7F;
        if (first < 126) {
            return first;
        }
        long length = 0;
        for (int i = 2; i < headerNeeded(); i++) {
            length = (length << 8) | (header[i] & 0xFF);
        }
        return length;
    }

    private boolean readPayload(ByteBuffer in) {
        int taken = Math.min(payloadLeft, in.remaining());
        if (Opcode.isControl(opcode)) {
            in.get(control, controlBytes, taken);
            controlBytes += taken;
        } else {
            in.get(message, messageBytes, taken);
            messageBytes += taken;
        }
        payloadLeft -= taken;
        return payloadLeft == 0;
    }

    private void endFrame(FrameSink sink) throws ProtocolException {
        inPayload = false;
        if (Opcode.isControl(opcode)) {
            endControl(sink, Arrays.copyOf(control, controlBytes));
        } else if (fin) {
            int kind = messageOpcode;
            messageOpcode = 0;
            if (kind == Opcode.TEXT) {
                sink.onText(message, messageBytes);
            } else {
                sink.onBinary(message, messageBytes);
            }
        }
    }

    private void endControl(FrameSink sink, byte[] body) throws ProtocolException {
        switch (opcode) {
            case Opcode.PING -> sink.onPing(body);
            case Opcode.PONG -> sink.onPong(body);
            default -> {
                closed = true;
                sink.onClose(CloseStatus.parse(body));
            }
        }
    }

    private static void require(boolean claim, String otherwise) throws ProtocolException {
        if (!claim) {
            throw new ProtocolException(CloseStatus.PROTOCOL_ERROR, otherwise);
        }
    }
}
