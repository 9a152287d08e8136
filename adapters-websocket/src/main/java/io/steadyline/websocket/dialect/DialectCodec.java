package io.steadyline.websocket.dialect;

import io.steadyline.media.MediaItem;
import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.StreamMode;
import java.nio.ByteBuffer;

/**
 * Reads and writes the messages of one connection. Remembers what the start said (ids, format, mode) and the last chunk
 * of each track, nothing else. Used by the media loop only.
 */
public interface DialectCodec {

    /**
     * Reads one whole message. Whatever the peer sent, this answers and does not throw: what cannot be used is a
     * {@link PeerEvent.Unusable}, and leaves the codec as it was.
     *
     * @param utf8 not kept; may be used again after the call
     */
    PeerEvent decode(byte[] utf8, int offset, int length);

    /** The answer to a binary message, for a dialect that speaks text. */
    PeerEvent.Unusable binary(int length);

    /**
     * Writes one message: an {@link io.steadyline.media.AudioFrame} or an {@link io.steadyline.signal.PeerControl}.
     *
     * @param out has at least {@link #maxEncodedBytes} left; its position moves behind the message
     * @throws IllegalStateException before the start, or when the mode is LISTEN_ONLY
     * @throws IllegalArgumentException for an item that a peer never gets, or that is over a limit
     */
    void encode(MediaItem item, ByteBuffer out);

    /** How much room {@link #encode} asks for; exact for audio. Throws as {@link #encode} does. */
    int maxEncodedBytes(MediaItem item);

    /** Whether the peer takes what we encode; until the start it is what the path said. */
    StreamMode mode();

    /** Goes on with a stream whose start was read again: the last media message that was taken by the peer's own counting, or -1. */
    void continueAfter(long chunk);

    /**
     * Chunks that the peer counted and that never came; only grows. Counted for streams of one track: of two-track
     * streams it is not documented whether the tracks share their numbers.
     */
    long missingChunks();
}
