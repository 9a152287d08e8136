package io.steadyline.telemetry;

import io.steadyline.signal.CallId;
import io.steadyline.signal.CallState;

/**
 * One second of one call; what the log lines, the control plane, the metrics and the verdicts are made from.
 *
 * @param second number of the second since the call's start, from 0; the last one is incomplete and has state CLOSED
 * @param endNs when it ended, on the monotonic clock
 * @param loopLatenessMs how late the media loop itself was at worst, in ms: our own pause
 */
public record CallSecond(
        CallId callId, int second, long endNs, CallState state, RxSecond rx, TxSecond tx, double loopLatenessMs) {}
