package io.steadyline.websocket.frames;

import io.steadyline.websocket.frames.FrameReader.Found;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A ring and its reader, fed as a socket would. Every byte of the ring that is not between the reader's offset and the end
 * is noise, and another one before each read: who reads it is found out.
 */
final class RingFeed {

    private final ByteBuffer ring;
    private final int maxMessageBytes;
    private FrameReader reader;
    private final RandomGenerator noise = new SplittableRandom(1);
    private final List<String> seen = new ArrayList<>();
    private int closeCode;
    private String complaint = "";
    private long end;

    /** @param offset of the stream at which the first frame begins */
    RingFeed(int ringBytes, long offset, int maxMessageBytes) {
        ring = ByteBuffer.allocateDirect(ringBytes);
        this.maxMessageBytes = maxMessageBytes;
        reader = new FrameReader(ring, offset, new byte[ringBytes], maxMessageBytes);
        end = offset;
    }

    /** The events of these bytes, each like {@code text hello}, {@code ping 3 bytes …}; stops at a violation. */
    static List<String> read(byte[] bytes) {
        return new RingFeed(1 << 17, 0, 1 << 20).feed(bytes).seen();
    }

    /** The close code that these bytes are worth; 0 when there is nothing to complain of. */
    static int violation(byte[] bytes) {
        return new RingFeed(1 << 17, 0, 1 << 20).feed(bytes).closeCode();
    }

    /** All of it, in as large reads as the ring has room for. */
    RingFeed feed(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && closeCode == 0) {
            int take = Math.min(bytes.length - at, space());
            feed(bytes, at, take);
            at += take;
        }
        return this;
    }

    /** One read, which must fit. */
    void feed(byte[] bytes, int from, int length) {
        if (length > space()) {
            throw new AssertionError(length + " bytes (expected: room for them, there is " + space() + ")");
        }
        for (int i = 0; i < length; i++) {
            ring.put((int) (end + i) & (ring.capacity() - 1), bytes[from + i]);
        }
        end += length;
        readAll();
    }

    /** Another process goes on with the ring, where it may. */
    void handOver() {
        if (!reader.isPartlyElsewhere()) {
            reader = new FrameReader(ring, reader.offset(), new byte[ring.capacity()], maxMessageBytes);
        }
    }

    int space() {
        return ring.capacity() - (int) (end - reader.offset());
    }

    FrameReader reader() {
        return reader;
    }

    List<String> seen() {
        return seen;
    }

    int closeCode() {
        return closeCode;
    }

    String complaint() {
        return complaint;
    }

    /** Bytes that are in the ring and were not taken. */
    int untaken() {
        return (int) (end - reader.offset());
    }

    private void readAll() {
        while (closeCode == 0) {
            makeNoise();
            try {
                Found found = reader.next(end);
                if (found == Found.NOTHING) {
                    return;
                }
                note(found);
            } catch (ProtocolViolation violation) {
                closeCode = violation.closeCode();
                complaint = String.valueOf(violation.getMessage());
            }
        }
    }

    private void note(Found found) {
        if (found != Found.PART) {
            String code = found == Found.CLOSE ? " " + reader.closeCode() : "";
            seen.add(found + code + " " + Wire.shown(Arrays.copyOf(reader.message(), reader.length())));
        }
    }

    private void makeNoise() {
        for (long at = end; at < reader.offset() + ring.capacity(); at++) {
            ring.put((int) at & (ring.capacity() - 1), (byte) noise.nextInt());
        }
    }
}
