package io.steadyline.websocket.dialect;

import io.steadyline.signal.StreamMode;
import java.util.Optional;

/** One provider's media protocol: where it connects, and a codec for each connection. Immutable; any thread. */
public interface Dialect {

    /** Short and stable, such as {@code twilio}; a metric label and part of the paths. */
    String name();

    /** Where the peer connects for a stream in both directions, below the public base URL. */
    String mediaPath();

    /** Where the peer connects for a copy of the call's audio; nothing is ever sent there. */
    String listenPath();

    /** Messages are text. Where true, a binary message is answered by {@link DialectCodec#binary}. */
    boolean speaksText();

    /** A codec for one connection. A start that names the outbound track turns it LISTEN_ONLY, whatever the path said. */
    DialectCodec newCodec(StreamMode mode);

    /** The mode that a request path of this dialect stands for; empty when the path is not one of its two. */
    default Optional<StreamMode> modeAt(String path) {
        if (path.equals(mediaPath())) {
            return Optional.of(StreamMode.BIDIRECTIONAL);
        }
        return path.equals(listenPath()) ? Optional.of(StreamMode.LISTEN_ONLY) : Optional.empty();
    }
}
