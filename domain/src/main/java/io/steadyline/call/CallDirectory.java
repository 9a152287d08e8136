package io.steadyline.call;

import io.steadyline.signal.CallId;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.GoNoGo;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Live and lately ended calls for those who look from outside. Any thread; nothing here blocks the media loop. */
public interface CallDirectory {

    /** Live calls first, oldest first; then ended ones that are still remembered, newest first. */
    List<CallView> calls();

    /** By call id, or by the id of its current stream. */
    Optional<CallView> find(String callOrStreamId);

    /** The call's latest seconds, oldest first, at most 120; empty when the call is not known. */
    List<CallSecond> seconds(CallId callId);

    /** R19 on what was recorded of the call so far; empty when the call is not known. */
    Optional<GoNoGo> judge(CallId callId);

    /**
     * Tells {@code listener} of every second of every call from now on, on the media loop: it must return at once.
     * Closing the handle ends it.
     */
    Watch watch(Consumer<CallSecond> listener);

    /** Asks a live call to end; false when there is no such live call. */
    boolean end(CallId callId, String why);

    /** A running watch. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
