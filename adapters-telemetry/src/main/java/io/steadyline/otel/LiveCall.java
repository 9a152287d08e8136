package io.steadyline.otel;

import io.steadyline.signal.CallState;
import io.steadyline.telemetry.LatestCounts;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.QueueName;

/**
 * What is remembered of a call until it ends. Written by the media loop; state and depths are read by whoever collects
 * metrics, the rest is the loop's own.
 */
final class LiveCall {

    private final CallTrace trace;
    /** Guarded by this object, for a moment each second. */
    private final LatestCounts counts = new LatestCounts();

    private volatile CallState state = CallState.CONNECTING;
    private String recogniser = "unknown";
    private boolean errorLogged;

    LiveCall(CallTrace trace) {
        this.trace = trace;
        for (QueueName queue : QueueName.values()) {
            counts.put(new QueueCounts(queue, 0, 0, 0, 0, 0, 0, 0, 0, 0));
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
    synchronized QueueCounts replace(QueueCounts now) {
        QueueCounts before = counts.of(now.queue()).orElseThrow();
        counts.put(now);
        return before;
    }

    synchronized int depthFrames(QueueName queue) {
        return counts.of(queue).orElseThrow().depth();
    }
}
