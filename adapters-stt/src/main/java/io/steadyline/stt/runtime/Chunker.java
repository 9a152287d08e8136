package io.steadyline.stt.runtime;

import io.steadyline.media.AudioFrame;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Joins frames to messages of the size that a vendor advises. Not thread-safe. */
final class Chunker {

    private final AudioConverter converter;
    private final int ptimeMs;
    private final long chunkMs;
    private byte[] chunk = new byte[0];
    private int usedBytes;
    private long usedMs;

    /** @param wantedMs audio in one message; rounded up to whole frames */
    Chunker(AudioConverter converter, int ptimeMs, long wantedMs) {
        this.converter = converter;
        this.ptimeMs = ptimeMs;
        this.chunkMs = Math.max(ptimeMs, (wantedMs + ptimeMs - 1) / ptimeMs * ptimeMs);
    }

    /** The message that this frame completes, if it does. */
    byte @Nullable [] add(AudioFrame frame) {
        append(converter.convert(frame));
        usedMs += ptimeMs;
        return usedMs >= chunkMs ? take() : null;
    }

    /** How much silence {@link #pad} puts in; zero: nothing waits. */
    long missingMs() {
        return usedMs == 0 ? 0 : chunkMs - usedMs;
    }

    /** What waits, filled up with silence to a whole message; null: nothing waits. */
    byte @Nullable [] pad() {
        if (usedMs == 0) {
            return null;
        }
        append(converter.silence(missingMs()));
        return take();
    }

    long chunkMs() {
        return chunkMs;
    }

    private void append(byte[] data) {
        if (usedBytes + data.length > chunk.length) {
            int wanted = Math.max(usedBytes + data.length, (int) (data.length * chunkMs / ptimeMs));
            chunk = Arrays.copyOf(chunk, wanted);
        }
        System.arraycopy(data, 0, chunk, usedBytes, data.length);
        usedBytes += data.length;
    }

    /** Given away; the next message has an array of its own. */
    private byte[] take() {
        byte[] whole = usedBytes == chunk.length ? chunk : Arrays.copyOf(chunk, usedBytes);
        chunk = new byte[0];
        usedBytes = 0;
        usedMs = 0;
        return whole;
    }
}
