package io.steadyline.otel;

import io.opentelemetry.api.common.AttributeKey;

/** Names of spans, events and attributes, for those who search traces. */
final class SpanKeys {

    static final String CALL = "call";
    static final String GREETING = "greeting";
    static final String STT_SESSION = "stt.session";
    static final String AGENT = "agent";
    static final String CALLER_TURN = "caller.turn";
    static final String RX_DRAIN = "rx.drain";
    /** The time without a worker: from the end of one boot to the start of the next. */
    static final String BOOT_ENDED = "boot.ended";

    static final AttributeKey<String> CALL_ID = string("call.id");
    static final AttributeKey<String> STREAM_ID = string("stream.id");
    static final AttributeKey<String> DIALECT = string("dialect");
    static final AttributeKey<String> AGENT_NAME = string("agent");
    static final AttributeKey<String> RECOGNISER = string("recogniser");
    static final AttributeKey<String> END_REASON = string("end.reason");
    static final AttributeKey<String> END_BY = string("end.by");
    /** "healthy", "unjudged", or the side at fault. */
    static final AttributeKey<String> VERDICT = string("verdict");

    static final AttributeKey<Long> RESUMES = number("resumes");
    /** Id of the boot that had the call before; only on calls that go on from one. */
    static final AttributeKey<String> SINCE_BOOT = string("since_boot");
    /** "adopted" or "rejoined". */
    static final AttributeKey<String> CONTINUED = string("continued");

    static final AttributeKey<String> STATE = string("state");
    static final AttributeKey<String> REASON = string("reason");
    static final AttributeKey<String> OUTCOME = string("outcome");
    static final AttributeKey<String> CATEGORY = string("category");
    static final AttributeKey<String> TONE = string("tone");
    static final AttributeKey<Boolean> FATAL = AttributeKey.booleanKey("steadyline.fatal");
    static final AttributeKey<Boolean> FROM_AUDIO = AttributeKey.booleanKey("steadyline.from_audio");
    static final AttributeKey<Boolean> BARGED_IN = AttributeKey.booleanKey("steadyline.barged_in");
    /** The span was still open when its call ended. */
    static final AttributeKey<Boolean> CUT = AttributeKey.booleanKey("steadyline.cut");

    static final AttributeKey<Long> TURN = number("turn");
    static final AttributeKey<Long> DURATION_MS = number("duration_ms");
    static final AttributeKey<Long> OFFSET_MS = number("offset_ms");
    static final AttributeKey<Long> START_MS = number("start_ms");
    static final AttributeKey<Long> END_MS = number("end_ms");
    static final AttributeKey<Double> CONNECT_MS = AttributeKey.doubleKey("steadyline.connect_ms");
    static final AttributeKey<Double> RESPONSE_MS = AttributeKey.doubleKey("steadyline.response_ms");
    static final AttributeKey<Double> GAP_MS = AttributeKey.doubleKey("steadyline.gap_ms");
    static final AttributeKey<Long> DEPTH_AT_ENTER = number("depth.enter");
    static final AttributeKey<Long> DEPTH_AT_LEAVE = number("depth.leave");
    static final AttributeKey<Long> FRAMES = number("frames");

    static final AttributeKey<String> CAUSE = string("cause");
    static final AttributeKey<String> CONFIDENCE = string("confidence");
    static final AttributeKey<String> SENTENCE = string("sentence");
    static final AttributeKey<String> BOOT_ID = string("boot.id");
    static final AttributeKey<Long> BOOT_NUMBER = number("boot.number");
    static final AttributeKey<Boolean> AUTO_RELOAD = AttributeKey.booleanKey("steadyline.auto_reload");
    static final AttributeKey<Long> CALLS_ADOPTED = number("calls.adopted");
    static final AttributeKey<Long> CALLS_CLOSED = number("calls.closed");
    static final AttributeKey<Long> CALLS_CUT = number("calls.cut");
    static final AttributeKey<Long> AGE_MS = number("age_ms");
    static final AttributeKey<Long> FRAMES_IN = number("frames.in");
    static final AttributeKey<Long> FRAMES_OUT = number("frames.out");
    static final AttributeKey<Long> LOST_IN_FRAMES = number("lost.in_frames");
    static final AttributeKey<Long> LOST_OUT_MS = number("lost.out_ms");
    static final AttributeKey<Long> MARKS_OUTSTANDING = number("marks.outstanding");
    static final AttributeKey<Boolean> EXACT = AttributeKey.booleanKey("steadyline.exact");

    /** Personal data; only when switched on. */
    static final AttributeKey<String> TEXT = string("text");

    private SpanKeys() {}

    private static AttributeKey<String> string(String name) {
        return AttributeKey.stringKey("steadyline." + name);
    }

    private static AttributeKey<Long> number(String name) {
        return AttributeKey.longKey("steadyline." + name);
    }
}
