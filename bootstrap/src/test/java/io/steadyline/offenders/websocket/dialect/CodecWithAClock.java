package io.steadyline.offenders.websocket.dialect;

import java.time.Instant;

/** A clock in a codec. */
public final class CodecWithAClock {
    Instant stamp() {
        return Instant.now();
    }
}
