package io.steadyline.telemetry;

/**
 * How a call is doing so far.
 *
 * @param fault NONE when healthy; else the side with the most unhealthy seconds
 * @param secondsJudged full seconds
 * @param reason the first finding of that side in words, behind the recogniser's own last failure when it is that side;
 *     empty when healthy
 */
public record CallVerdict(FaultSide fault, int secondsJudged, int secondsUnhealthy, String reason) {

    /** Nothing was judged yet. */
    public static final CallVerdict UNJUDGED = new CallVerdict(FaultSide.NONE, 0, 0, "");

    public boolean isHealthy() {
        return fault == FaultSide.NONE;
    }
}
