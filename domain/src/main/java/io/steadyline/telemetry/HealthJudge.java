package io.steadyline.telemetry;

import io.steadyline.signal.CallMoment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Judges the seconds of one call in their order: R17, and whose fault it is. What a fault leaves behind (a deep queue
 * after a stall) is put down to the side that caused it. Owned by one thread.
 */
public final class HealthJudge {

    /** One second of audio: a connection that is replaced sooner costs nobody a word. */
    private static final int MAX_STT_FRAMES_IN_TROUBLE = 50;

    private final HealthLimits limits;
    private final RecogniserTrouble trouble = new RecogniserTrouble();
    private int secondsSeen;
    private FaultSide lastCause = FaultSide.NONE;
    private boolean pausedBefore;
    /** How long nobody was there before the next judged second; 0 after it. */
    private long restartGapMs;

    public HealthJudge(HealthLimits limits) {
        this.limits = limits;
    }

    /** What happened in the second that is judged next. */
    public void onMoment(CallMoment moment) {
        trouble.onMoment(moment, secondsSeen);
        if (moment instanceof CallMoment.CallContinued continued && continued.adopted()) {
            restartGapMs = continued.gapMs();
        }
    }

    /** What was not as it should be in this second; empty when healthy, or when the second cannot be judged. */
    public List<Finding> judge(CallSecond second) {
        secondsSeen = second.second() + 1;
        if (!isJudged(second)) {
            return List.of();
        }
        FaultSide cause = causeOf(second);
        List<Finding> findings = new ArrayList<>();
        if (isPaused(second)) {
            findings.add(finding(
                    second,
                    FaultSide.GATEWAY,
                    "media loop late by %.0f ms (expected: below %.0f ms)",
                    second.loopLatenessMs(),
                    limits.maxLoopLatenessMs()));
        }
        if (wasRestart()) {
            findings.add(finding(
                    second,
                    FaultSide.GATEWAY,
                    "restart: nobody there for %d ms (expected: below %.0f ms)",
                    restartGapMs,
                    limits.maxLoopLatenessMs()));
        }
        judgeRecogniser(second, findings);
        judgeRx(second, cause, findings);
        judgeTx(second, findings);
        lastCause = findings.isEmpty() ? FaultSide.NONE : cause;
        pausedBefore = isPaused(second);
        restartGapMs = 0;
        return findings;
    }

    /** Full seconds with a stream are judged; those without one, and the last, incomplete one, are not. */
    public static boolean isJudged(CallSecond second) {
        return switch (second.state()) {
            case CONNECTING, ACTIVE, DRAINING -> true;
            case LINGERING, CLOSED -> false;
        };
    }

    /** What the recogniser said of itself so far. */
    RecogniserTrouble trouble() {
        return trouble;
    }

    /** Nothing was wrong with what the caller hears. */
    boolean isTxHealthy(CallSecond second) {
        List<Finding> findings = new ArrayList<>();
        judgeTx(second, findings);
        return findings.isEmpty();
    }

    /** A dead recogniser is told before its audio fills the RX queue, four seconds later. */
    private void judgeRecogniser(CallSecond second, List<Finding> findings) {
        int waitingFrames = second.rx().sttDepthFrames();
        if (trouble.isPresent() && waitingFrames >= MAX_STT_FRAMES_IN_TROUBLE) {
            findings.add(finding(
                    second,
                    FaultSide.RECOGNISER,
                    "STT q=%d while it is in trouble (expected: below %d)",
                    waitingFrames,
                    MAX_STT_FRAMES_IN_TROUBLE));
        }
    }

    private void judgeRx(CallSecond second, FaultSide cause, List<Finding> findings) {
        RxSecond rx = second.rx();
        if (rx.mode() != RxMode.NORMAL) {
            findings.add(finding(
                    second, cause, "RX mode=%s (expected: normal)", rx.mode().label()));
        }
        if (isOff(rx.fpsIn())) {
            FaultSide side = isOurPauseOrItsWake(second) ? FaultSide.GATEWAY : arrivalFault(rx);
            findings.add(finding(
                    second,
                    side,
                    "RX fps_in=%.1f (expected: %.0f to %.0f)",
                    rx.fpsIn(),
                    limits.minFps(),
                    limits.maxFps()));
        }
        if (rx.depthFrames() >= limits.maxDepthFrames()) {
            findings.add(
                    finding(second, cause, "RX q=%d (expected: below %d)", rx.depthFrames(), limits.maxDepthFrames()));
        }
        if (rx.drops() > 0) {
            findings.add(finding(second, cause, "RX drops=%d (expected: 0)", rx.drops()));
        }
        if (rx.writeMs() >= limits.maxWriteMs()) {
            findings.add(finding(
                    second,
                    FaultSide.RECOGNISER,
                    "RX write_ms=%.3f (expected: below %.1f)",
                    rx.writeMs(),
                    limits.maxWriteMs()));
        }
    }

    private void judgeTx(CallSecond second, List<Finding> findings) {
        TxSecond tx = second.tx();
        FaultSide side = txFault(second);
        if (tx.playing() && isOff(tx.fps())) {
            findings.add(finding(
                    second,
                    side,
                    "TX fps=%.1f while playing (expected: %.0f to %.0f)",
                    tx.fps(),
                    limits.minFps(),
                    limits.maxFps()));
        }
        if (tx.depthFrames() >= limits.maxDepthFrames()) {
            findings.add(
                    finding(second, side, "TX q=%d (expected: below %d)", tx.depthFrames(), limits.maxDepthFrames()));
        }
        if (tx.drops() > 0) {
            findings.add(finding(second, side, "TX drops=%d (expected: 0)", tx.drops()));
        }
    }

    private FaultSide causeOf(CallSecond second) {
        RxSecond rx = second.rx();
        if (isPaused(second) || wasRestart()) {
            return FaultSide.GATEWAY;
        }
        if (rx.refusals() > 0) {
            return FaultSide.RECOGNISER;
        }
        if (isOurPauseOrItsWake(second)) {
            return FaultSide.GATEWAY;
        }
        if (isBursty(rx)) {
            return FaultSide.NETWORK;
        }
        return lastCause == FaultSide.NONE ? arrivalFault(rx) : lastCause;
    }

    private FaultSide txFault(CallSecond second) {
        if (isOurPauseOrItsWake(second)) {
            return FaultSide.GATEWAY;
        }
        return second.tx().sendDepthFrames() > 0 ? FaultSide.PROVIDER : FaultSide.AGENT;
    }

    private FaultSide arrivalFault(RxSecond rx) {
        return isBursty(rx) ? FaultSide.NETWORK : FaultSide.PROVIDER;
    }

    /** What a pause of ours held up comes as a burst in the second after it. */
    private boolean isOurPauseOrItsWake(CallSecond second) {
        return isPaused(second) || wasRestart() || pausedBefore;
    }

    /** Just before this second, and long enough to be heard. */
    private boolean wasRestart() {
        return restartGapMs >= limits.maxLoopLatenessMs();
    }

    private boolean isPaused(CallSecond second) {
        return second.loopLatenessMs() >= limits.maxLoopLatenessMs();
    }

    /** Five frames' time without a message: they were on their way somewhere. */
    private static boolean isBursty(RxSecond rx) {
        return rx.maxArrivalGapMs() >= 100;
    }

    private boolean isOff(double fps) {
        return fps < limits.minFps() || fps > limits.maxFps();
    }

    private static Finding finding(CallSecond second, FaultSide side, String format, Object... values) {
        return new Finding(second.second(), side, String.format(Locale.ROOT, format, values));
    }
}
