package io.steadyline.simulator;

/**
 * One second of a simulator. Counts of frames and the lateness are of this second; {@code finished} and {@code failed} are
 * totals, failed calls being among the finished ones.
 */
public record Progress(
        long second,
        int dialling,
        int active,
        long finished,
        long failed,
        long framesSent,
        long framesReceived,
        double worstLatenessMs) {

    /** Called on the simulator's thread once a second; must not block. */
    @FunctionalInterface
    public interface Listener {

        void onSecond(Progress progress);
    }
}
