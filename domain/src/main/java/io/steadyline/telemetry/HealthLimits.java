package io.steadyline.telemetry;

/**
 * What R17 calls healthy.
 *
 * @param minFps below is too slow; 45: a second may cut off two frames at either end
 * @param maxFps above is too fast
 * @param maxDepthFrames a queue must stay below (R17: 20)
 * @param maxWriteMs handing a frame on must take less (R17: 1.0)
 * @param maxLoopLatenessMs a pause of ours must stay below; 100 ms is five frames, which the peer's own buffer and the
 *     lead cover
 */
public record HealthLimits(
        double minFps, double maxFps, int maxDepthFrames, double maxWriteMs, double maxLoopLatenessMs) {

    public static final HealthLimits R17 = new HealthLimits(45, 55, 20, 1.0, 100);
}
