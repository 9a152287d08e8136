package io.steadyline.testkit;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.media.MediaItem;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Frames that know their number: it fills the whole payload, so a lost, doubled, cut or mixed frame shows. */
public final class Frames {

    private Frames() {}

    /** One frame of 8 kHz µ-law, 160 bytes. */
    public static AudioFrame numbered(long number) {
        return numbered(number, AudioFormat.MULAW_8K);
    }

    public static AudioFrame numbered(long number, AudioFormat format) {
        return new AudioFrame(payload(number, format), number);
    }

    /** {@code count} frames of 8 kHz µ-law, numbered upwards from {@code first}. */
    public static List<AudioFrame> numberedFrom(long first, int count) {
        return LongStream.range(first, first + count).mapToObj(Frames::numbered).toList();
    }

    /** The bytes of a numbered frame; every format's frame is a multiple of 8 bytes. */
    public static byte[] payload(long number, AudioFormat format) {
        ByteBuffer payload = ByteBuffer.allocate(format.frameBytes());
        while (payload.hasRemaining()) {
            payload.putLong(number);
        }
        return payload.array();
    }

    /**
     * Reads the number back from the payload, not from the position.
     *
     * @throws AssertionError when it is nothing, or not a numbered frame
     */
    public static long numberOf(@Nullable MediaItem item) {
        if (item instanceof AudioFrame frame) {
            return numberOf(frame.payload());
        }
        throw new AssertionError("item: " + item + " (expected: a numbered frame)");
    }

    /** @throws AssertionError when the payload is not one whole numbered frame */
    public static long numberOf(byte[] payload) {
        if (payload.length == 0 || payload.length % Long.BYTES != 0) {
            throw new AssertionError("payloadBytes: " + payload.length + " (expected: a whole numbered frame)");
        }
        ByteBuffer bytes = ByteBuffer.wrap(payload);
        long number = bytes.getLong();
        while (bytes.hasRemaining()) {
            long next = bytes.getLong();
            if (next != number) {
                throw new AssertionError("payload of frame " + number + " holds " + next + " as well");
            }
        }
        return number;
    }
}
