package io.steadyline.call;

import io.steadyline.port.PeerLink;
import io.steadyline.signal.CallFacts;

/** Builds a call on the media loop when its stream starts. */
@FunctionalInterface
public interface CallFactory {

    /** @param waker asks the loop to poll this call soon; any thread may run it */
    Call create(CallFacts facts, PeerLink link, long nowNs, Runnable waker);
}
