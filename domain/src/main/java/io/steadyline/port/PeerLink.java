package io.steadyline.port;

import io.steadyline.media.MediaItem;

/**
 * The socket to the telephony peer, as the call's owner sees it. Used by the media loop only; nothing here blocks.
 */
public interface PeerLink {

    /** The previous item has left; {@link #send} may be called. The call is polled when this turns true again. */
    boolean isWritable();

    /** Writes one frame or control item. Only when writable. A broken socket is reported to the call, not thrown. */
    void send(MediaItem item);

    /** The page of the recorder that this stream's state is kept in. */
    CallSlot slot();

    /**
     * Closes with a WebSocket status.
     *
     * @param code RFC 6455 §7.4 status, such as 1000 (done) or 1012 (service restart)
     * @param reason at most 123 bytes
     */
    void close(int code, String reason);
}
