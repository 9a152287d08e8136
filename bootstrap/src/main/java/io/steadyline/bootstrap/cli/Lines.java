package io.steadyline.bootstrap.cli;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.steadyline.admin.v1.BootEndCause;
import io.steadyline.admin.v1.CallFate;
import io.steadyline.admin.v1.Confidence;
import io.steadyline.admin.v1.QueueName;
import io.steadyline.admin.v1.RxRecord;
import io.steadyline.admin.v1.SecondRecord;
import io.steadyline.admin.v1.SessionState;
import io.steadyline.admin.v1.TxRecord;
import io.steadyline.telemetry.RxMode;
import io.steadyline.telemetry.RxSecond;
import io.steadyline.telemetry.TelemetryLine;
import io.steadyline.telemetry.TxSecond;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Records of the control plane as the lines that the gateway itself logs. */
public final class Lines {

    private Lines() {}

    public static String rx(SecondRecord second) {
        RxRecord rx = second.getRx();
        return TelemetryLine.of(new RxSecond(
                rx.getMode() == io.steadyline.admin.v1.RxMode.RX_MODE_DRAIN ? RxMode.DRAIN : RxMode.NORMAL,
                rx.getFpsIn(),
                rx.getDepthFrames(),
                rx.getMaxDepthFrames(),
                rx.getDrops(),
                rx.getWriteMs(),
                rx.getWritten(),
                rx.getRefusals(),
                rx.getSttDepthFrames(),
                rx.getMissing(),
                rx.getRefusedInput(),
                rx.getMaxArrivalGapMs()));
    }

    public static String tx(SecondRecord second) {
        TxRecord tx = second.getTx();
        return TelemetryLine.of(new TxSecond(
                tx.getFps(),
                tx.getDepthFrames(),
                tx.getDrops(),
                tx.getCleared(),
                tx.getPlaying(),
                tx.getSendDepthFrames(),
                tx.getMaxLatenessMs(),
                tx.getUnderruns()));
    }

    /** In UTC, to the millisecond. */
    static String time(Timestamp at) {
        return Instant.ofEpochSecond(at.getSeconds(), at.getNanos())
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }

    static String seconds(Duration length) {
        return String.format(Locale.ROOT, "%.1f s", length.getSeconds() + length.getNanos() / 1e9);
    }

    static String label(BootEndCause cause) {
        return label(cause.name(), "BOOT_END_CAUSE_");
    }

    static String label(Confidence confidence) {
        return label(confidence.name(), "CONFIDENCE_").replace('_', ' ');
    }

    static String label(CallFate fate) {
        return label(fate.name(), "CALL_FATE_");
    }

    static String label(SessionState state) {
        return label(state.name(), "SESSION_STATE_");
    }

    static String label(QueueName queue) {
        return label(queue.name(), "QUEUE_NAME_");
    }

    static String label(String name, String prefix) {
        return name.replace(prefix, "").toLowerCase(Locale.ROOT);
    }
}
