package io.steadyline.port;

import io.steadyline.media.AudioFormat;
import io.steadyline.signal.CallId;
import java.util.Map;

/**
 * What a session is opened with.
 *
 * @param traceparent W3C trace context of the call, empty when it is not traced
 * @param context what was said last before this session, for a call that goes on; empty: nothing is known
 * @param options vendor options of this call, already checked against the allow-list
 */
public record SttSpec(
        CallId callId, AudioFormat format, String traceparent, String context, Map<String, String> options) {
    public SttSpec {
        options = Map.copyOf(options);
    }

    /** A call that begins. */
    public SttSpec(CallId callId, AudioFormat format, String traceparent, Map<String, String> options) {
        this(callId, format, traceparent, "", options);
    }
}
