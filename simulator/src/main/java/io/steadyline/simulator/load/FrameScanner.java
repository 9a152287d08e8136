package io.steadyline.simulator.load;

import io.steadyline.simulator.ws.CloseStatus;
import io.steadyline.simulator.ws.Opcode;
import io.steadyline.simulator.ws.ProtocolException;

/**
 * Finds the frames of a server (RFC 6455 §5.2) in bytes as they came, without copying them. Only whole messages in one frame each are
 * taken, which is what a media server sends; more is {@link io.steadyline.simulator.ws.FrameParser}'s business. Pure.
 */
final class FrameScanner {

    private static final int LONGEST_HEADER_BYTES = 10;
    private static final int FINAL = 0x80;

    private FrameScanner() {}

    /** Takes the frames that were found. The bytes are overwritten after the call. */
    @FunctionalInterface
    interface Sink {

        /** True to go on. */
        boolean onFrame(int opcode, byte[] bytes, int from, int end) throws ProtocolException;
    }

    /**
     * Hands on each whole frame and returns where the first one that is not whole begins.
     *
     * @param longest payload that is waited for, in bytes
     */
    static int scan(byte[] bytes, int from, int end, int longest, Sink sink) throws ProtocolException {
        int at = from;
        while (true) {
            int payload = payloadStart(bytes, at, end);
            if (payload < 0) {
                return at;
            }
            long length = length(bytes, at, payload);
            check(bytes[at], length, longest);
            if (length > end - payload) {
                return at;
            }
            int next = payload + (int) length;
            boolean goesOn = sink.onFrame(bytes[at] & 0x0F, bytes, payload, next);
            at = next;
            if (!goesOn) {
                return at;
            }
        }
    }

    /** Negative while the header is not there. */
    private static int payloadStart(byte[] bytes, int at, int end) throws ProtocolException {
        if (end - at < 2) {
            return -1;
        }
        if (bytes[at + 1] < 0) {
            throw new ProtocolException(CloseStatus.PROTOCOL_ERROR, "masked frame from a server");
        }
        int start = at
                + switch (bytes[at + 1]) {
                    case 126 -> 4;
                    case 127 -> LONGEST_HEADER_BYTES;
                    default -> 2;
                };
        return start > end ? -1 : start;
    }

    private static long length(byte[] bytes, int at, int payload) {
        if (payload - at == 2) {
            return bytes[at + 1];
        }
        long length = 0;
        for (int i = at + 2; i < payload; i++) {
            length = length << 8 | (bytes[i] & 0xFF);
        }
        return length;
    }

    private static void check(byte first, long length, int longest) throws ProtocolException {
        if ((first & FINAL) == 0 || (first & 0x0F) == Opcode.CONTINUATION) {
            throw new ProtocolException(
                    CloseStatus.PROTOCOL_ERROR, "a message in pieces, which the load tool does not take");
        }
        if (length < 0 || length > longest) {
            throw new ProtocolException(
                    CloseStatus.TOO_BIG, "frame of " + length + " bytes (expected: " + longest + " at most)");
        }
    }
}
