package io.steadyline.media;

/**
 * One ptime of audio in the call's own encoding. Immutable by agreement: whoever builds a frame gives its array away,
 * nobody writes to it afterwards. So one frame passes from socket to recogniser and agent without a copy.
 */
public final class AudioFrame implements MediaItem {

    private final byte[] payload;
    private final long position;

    /**
     * @param payload exactly one frame; owned by this frame from now on
     * @param position number of the frame on its way, from 0: caller audio counts from the start of the call and goes on
     *     over a resumed stream; agent audio counts from the start of its playback
     */
    public AudioFrame(byte[] payload, long position) {
        this.payload = payload;
        this.position = position;
    }

    /** The bytes themselves, not a copy; read only. */
    public byte[] payload() {
        return payload;
    }

    public int payloadBytes() {
        return payload.length;
    }

    public long position() {
        return position;
    }

    @Override
    public String toString() {
        return "frame " + position + " (" + payload.length + " B)";
    }
}
