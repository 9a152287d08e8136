package io.steadyline.offenders.call;

import io.opentelemetry.api.trace.Span;

/** A vendor type outside its adapter. */
public record CallWithASpan(Span span) {}
