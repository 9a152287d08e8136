package io.steadyline.offenders.bootstrap.agent;

import io.steadyline.port.PeerLink;

/** Ends a stream past its call. */
public final class AgentThatCloses {
    void hangUp(PeerLink link) {
        link.close(1000, "done");
    }
}
