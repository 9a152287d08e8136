package io.steadyline.otel;

import io.opentelemetry.api.trace.Tracer;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the traces of all calls share.
 *
 * @param maxSpansPerCall with the call's own; what a call would have beyond is counted in {@code spansRefused}
 * @param includeTranscripts personal data may go into spans
 */
record Tracing(
        Tracer tracer, WallClock clock, int maxSpansPerCall, LongAdder spansRefused, boolean includeTranscripts) {

    /** An hour of quick dialogue has some hundreds. */
    static final int MAX_SPANS_PER_CALL = 1_000;
}
