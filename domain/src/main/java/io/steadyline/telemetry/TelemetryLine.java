package io.steadyline.telemetry;

import java.util.Locale;

/** The log lines of R16 and R18, in exactly their shape. */
public final class TelemetryLine {

    private TelemetryLine() {}

    /** {@code [RX] mode=normal fps_in=50.0 q=1 drops=0 write_ms=0.01}. */
    public static String of(RxSecond rx) {
        return String.format(
                Locale.ROOT,
                "[RX] mode=%s fps_in=%.1f q=%d drops=%d write_ms=%.3f",
                rx.mode().label(),
                rx.fpsIn(),
                rx.depthFrames(),
                rx.drops(),
                rx.writeMs());
    }

    /** {@code [TX] fps=50.0 q=3 drops=0}. */
    public static String of(TxSecond tx) {
        return String.format(Locale.ROOT, "[TX] fps=%.1f q=%d drops=%d", tx.fps(), tx.depthFrames(), tx.drops());
    }

    /** {@code RX: entering DRAIN mode (q=100)}. */
    public static String drainEntered(int depthFrames) {
        return "RX: entering DRAIN mode (q=" + depthFrames + ")";
    }

    /** {@code RX: back to NORMAL mode (q=20)}. */
    public static String drainLeft(int depthFrames) {
        return "RX: back to NORMAL mode (q=" + depthFrames + ")";
    }
}
