package io.steadyline.port;

import io.steadyline.media.AudioFrame;
import io.steadyline.signal.AgentEvent;

/** One call as its agent hears it. All methods are called by the media loop: they never block and never throw. */
public interface AgentSession {

    /** One frame of the caller, in the call's own encoding. */
    void onCallerFrame(AudioFrame frame);

    void on(AgentEvent event);

    /** The last call. */
    void detach(String why);
}
