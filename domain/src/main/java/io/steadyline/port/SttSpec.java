package io.steadyline.port;

import io.steadyline.media.AudioFormat;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import java.util.HashMap;
import java.util.Map;

/**
 * What a session is opened with.
 *
 * @param traceparent W3C trace context of the call, empty when it is not traced
 * @param context what was said last before this session, for a call that goes on; empty: nothing is known
 * @param options what the call says of itself, by which a recogniser may be chosen and set: {@value #DIALECT},
 *     {@value #ACCOUNT}, and its own parameters behind {@value #PARAMETER}; untrusted text, checked by whoever obeys it
 */
public record SttSpec(
        CallId callId, AudioFormat format, String traceparent, String context, Map<String, String> options) {

    /** Name of the media protocol. */
    public static final String DIALECT = "dialect";

    /** The provider's account. */
    public static final String ACCOUNT = "account";

    /** Before the name of a parameter. */
    public static final String PARAMETER = "parameter.";

    public SttSpec {
        options = Map.copyOf(options);
    }

    /** A call that begins. */
    public SttSpec(CallId callId, AudioFormat format, String traceparent, Map<String, String> options) {
        this(callId, format, traceparent, "", options);
    }

    /** With all that the call says of itself. */
    public static SttSpec of(CallFacts facts, String traceparent, String context) {
        Map<String, String> said = new HashMap<>();
        said.put(DIALECT, facts.dialect());
        said.put(ACCOUNT, facts.accountId());
        facts.parameters().forEach((name, value) -> said.put(PARAMETER + name, value));
        return new SttSpec(facts.callId(), facts.format(), traceparent, context, said);
    }
}
