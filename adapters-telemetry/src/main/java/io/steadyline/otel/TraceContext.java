package io.steadyline.otel;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** W3C trace context: in from a call's earlier life or its custom parameters, out to agent and recogniser. */
final class TraceContext {

    static final String TRACEPARENT = "traceparent";
    private static final String TRACESTATE = "tracestate";

    private TraceContext() {}

    /**
     * The parent of a call that may have had an earlier life: its earlier span, so that the trace goes on; else what the
     * parameters name. The peer's state goes with the earlier span only when both are of one trace.
     *
     * @param earlier {@code traceparent} of the earlier life; empty when there was none
     */
    static Context of(String earlier, Map<String, String> parameters, LongAdder invalid) {
        if (earlier.isEmpty()) {
            return of(parameters, invalid);
        }
        Map<String, String> parent = new HashMap<>(Map.of(TRACEPARENT, earlier));
        String state = parameters.getOrDefault(TRACESTATE, "");
        if (!state.isBlank() && traceId(earlier).equals(traceId(parameters.getOrDefault(TRACEPARENT, "")))) {
            parent.put(TRACESTATE, state);
        }
        Context context = of(parent, invalid);
        return Span.fromContext(context).getSpanContext().isValid() ? context : of(parameters, invalid);
    }

    /** The parent that the parameters name; none when they name none, or none that is valid, which is counted. */
    static Context of(Map<String, String> parameters, LongAdder invalid) {
        Context context =
                W3CTraceContextPropagator.getInstance().extract(Context.root(), parameters, ParameterGetter.INSTANCE);
        Span parent = Span.fromContext(context);
        boolean parentRefused =
                parameters.containsKey(TRACEPARENT) && !parent.getSpanContext().isValid();
        boolean stateRefused = !parameters.getOrDefault(TRACESTATE, "").isBlank()
                && parent.getSpanContext().getTraceState().isEmpty();
        if (parentRefused || stateRefused) {
            invalid.increment();
        }
        return context;
    }

    /** {@code traceparent}, and {@code tracestate} if there is one; empty when there is nothing to hang on to. */
    static Map<String, String> headers(Context context) {
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance().inject(context, headers, (carrier, name, value) -> {
            if (carrier != null) {
                carrier.put(name, value);
            }
        });
        return Collections.unmodifiableMap(headers);
    }

    /** Version, trace, span and flags stand between dashes. */
    private static String traceId(String traceparent) {
        String[] parts = traceparent.split("-", 4);
        return parts.length == 4 ? parts[1] : "";
    }

    private enum ParameterGetter implements TextMapGetter<Map<String, String>> {
        INSTANCE;

        @Override
        public Iterable<String> keys(Map<String, String> parameters) {
            return parameters.keySet();
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> parameters, String name) {
            return parameters == null ? null : parameters.get(name);
        }
    }
}
