package io.steadyline.media;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts and joins chunks of any size into frames. A chunk of exactly one frame that meets no rest passes through without
 * a copy. Not thread-safe: one framer a direction, used by the call's owner or by one agent.
 */
public final class Framer {

    private final AudioFormat format;
    private final byte[] rest;
    private int restBytes;
    private long nextPosition;

    public Framer(AudioFormat format) {
        this.format = format;
        this.rest = new byte[format.frameBytes()];
    }

    /** Gives each complete frame to {@code frames}; keeps an incomplete rest for the next chunk. Takes the array over. */
    public void add(byte[] chunk, Consumer<AudioFrame> frames) {
        int frameBytes = rest.length;
        if (restBytes == 0 && chunk.length == frameBytes) {
            frames.accept(new AudioFrame(chunk, nextPosition++));
            return;
        }
        int offset = 0;
        while (restBytes + chunk.length - offset >= frameBytes) {
            byte[] payload = new byte[frameBytes];
            System.arraycopy(rest, 0, payload, 0, restBytes);
            int missingBytes = frameBytes - restBytes;
            System.arraycopy(chunk, offset, payload, restBytes, missingBytes);
            offset += missingBytes;
            restBytes = 0;
            frames.accept(new AudioFrame(payload, nextPosition++));
        }
        int leftBytes = chunk.length - offset;
        System.arraycopy(chunk, offset, rest, restBytes, leftBytes);
        restBytes += leftBytes;
    }

    /** Pads an incomplete rest with the codec's silence; for the end of a playback or of a stream only. */
    public void flush(Consumer<AudioFrame> frames) {
        if (restBytes == 0) {
            return;
        }
        byte[] payload = Arrays.copyOf(rest, rest.length);
        Arrays.fill(payload, restBytes, payload.length, format.encoding().silence());
        restBytes = 0;
        frames.accept(new AudioFrame(payload, nextPosition++));
    }

    /** Bytes that wait for the rest of their frame. */
    public int restBytes() {
        return restBytes;
    }

    /** Position that the next frame gets; also the number of frames made so far. */
    public long nextPosition() {
        return nextPosition;
    }
}
