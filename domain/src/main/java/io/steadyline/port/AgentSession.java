package io.steadyline.port;

import io.steadyline.media.AudioFrame;
import io.steadyline.signal.AgentEvent;

/** One call as its agent hears it. All methods are called by the media loop: they never block and never throw. */
public interface AgentSession {

    /** One frame of the caller, in the call's own encoding. */
    void onCallerFrame(AudioFrame frame);

    void on(AgentEvent event);

    /** With each turn of the call, every 20 ms at the latest. */
    default void poll(long nowNs) {
        // A bot inside the process answers at once and has nothing to wait for.
    }

    /** The last call. */
    void detach(String why);
}
