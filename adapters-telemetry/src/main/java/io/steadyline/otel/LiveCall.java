package io.steadyline.otel;

import io.steadyline.signal.CallState;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.QueueName;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What is remembered of a call until it ends. Written by the media loop; state and depths are read by whoever collects
 * metrics, the rest is the loop's own.
 */
final class LiveCall {

    private final CallTrace trace;
    private final Map<QueueName, AtomicReference<QueueCounts>> counts = new EnumMap<>(QueueName.class);
    private volatile CallState state = CallState.CONNECTING;
    private String recogniser = "unknown";
    private boolean errorLogged;

    LiveCall(CallTrace trace) {
        this.trace = trace;
        for (QueueName queue : QueueName.values()) {
            counts.put(queue, new AtomicReference<>(new QueueCounts(queue, 0, 0, 0, 0, 0, 0, 0, 0, 0)));
        }
    }

    CallTrace trace() {
        return trace;
    }

    CallState state() {
        return state;
    }

    void enter(CallState newState) {
        state = newState;
    }

    String recogniser() {
        return recogniser;
    }

    void requested(String provider) {
        recogniser = provider;
    }

    /** True the first time only. */
    boolean isFirstError() {
        boolean first = !errorLogged;
        errorLogged = true;
        return first;
    }

    /** Takes a queue's counts as the latest; returns those before. */
    QueueCounts replace(QueueCounts now) {
        return Objects.requireNonNull(counts.get(now.queue())).getAndSet(now);
    }

    int depthFrames(QueueName queue) {
        return Objects.requireNonNull(counts.get(queue)).get().depth();
    }
}
