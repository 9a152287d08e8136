package io.steadyline.offenders.call;

import io.steadyline.port.PeerLink;
import io.steadyline.signal.PeerControl;

/** A second sender. */
public final class RxPathThatSends {
    void bargeIn(PeerLink link) {
        link.send(new PeerControl.SendClear());
    }
}
