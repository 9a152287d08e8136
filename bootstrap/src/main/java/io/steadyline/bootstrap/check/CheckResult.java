package io.steadyline.bootstrap.check;

import io.steadyline.admin.v1.GetSessionResponse;
import io.steadyline.admin.v1.QueueCounters;
import io.steadyline.admin.v1.RxMode;
import io.steadyline.admin.v1.SecondRecord;
import io.steadyline.admin.v1.SessionState;
import io.steadyline.bootstrap.fault.Fault;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the check found.
 *
 * @param session the gateway's records; empty when they could not be had
 * @param reasons why not; empty exactly when it is a GO
 */
public record CheckResult(
        Optional<CallReport> call, Optional<GetSessionResponse> session, int secondsJudged, List<String> reasons) {

    public CheckResult {
        reasons = List.copyOf(reasons);
    }

    public boolean isGo() {
        return reasons.isEmpty() && secondsJudged > 0;
    }

    /** Table, summary of the caller's side, reasons; the verdict is {@link #lastLine}. */
    public String report() {
        StringBuilder text = new StringBuilder(System.lineSeparator());
        session.ifPresent(records -> table(records, text));
        call.filter(CallReport::wasConnected)
                .ifPresent(report -> text.append(System.lineSeparator())
                        .append("The caller's side:")
                        .append(System.lineSeparator())
                        .append(Summary.of(report)));
        text.append(System.lineSeparator());
        for (String reason : reasons) {
            text.append("  - ").append(reason).append(System.lineSeparator());
        }
        return text.toString();
    }

    /** {@code GO …} or {@code NO-GO …}. */
    public String lastLine() {
        return isGo()
                ? "GO (" + secondsJudged + " seconds judged, all healthy)"
                : "NO-GO (" + secondsJudged + " seconds judged, reasons above: " + reasons.size() + ")";
    }

    /** What an injected fault did to the call, in words. */
    public List<String> explain(Optional<Fault> fault) {
        if (fault.isEmpty() || session.isEmpty()) {
            return List.of();
        }
        return switch (fault.get()) {
            case STT_STALL -> explainSttStall(session.get());
            case STT_HANG, STT_BREAKS, KILL_BEFORE_COMMIT -> List.of();
            case PACER_STALL ->
                List.of(
                        "What happened: the media loop stood still, so for half a second nothing was received, paced"
                                + " or",
                        "sent. The frames that came in meanwhile are in the RX queue (q), none is lost, and the lag is",
                        "drained after 3 s. The check calls that NO-GO: a caller hears it.");
        };
    }

    private static List<String> explainSttStall(GetSessionResponse records) {
        List<String> text = new ArrayList<>();
        int deepest = 0;
        for (SecondRecord second : records.getSecondsList()) {
            deepest = Math.max(deepest, second.getRx().getMaxDepthFrames());
        }
        long lost = 0;
        for (QueueCounters queue : records.getQueuesList()) {
            if (queue.getQueue() == io.steadyline.admin.v1.QueueName.QUEUE_NAME_RX
                    || queue.getQueue() == io.steadyline.admin.v1.QueueName.QUEUE_NAME_STT) {
                lost += queue.getDropped().getOverflow() + queue.getDropped().getClosed();
            }
        }
        text.add("What happened: the recogniser refused audio, so it waited in the RX queue, " + deepest
                + " frames at the most.");
        text.add("At q >= 100 the RX path entered DRAIN mode; when the recogniser took audio again it was fed faster"
                + " than real time");
        text.add(
                "until q <= 20, then back to NORMAL. What a drain leaves behind is drained too when it stays (18 frames"
                        + " or more for 3 s).");
        text.add("Caller frames lost: " + lost + ". The agent's audio went on undisturbed. The seconds above are called"
                + " unhealthy because");
        text.add("the recogniser was late, and the verdict names it as the side at fault.");
        return text;
    }

    private static void table(GetSessionResponse records, StringBuilder text) {
        text.append("  s | RX     fps_in    q drops write_ms | TX fps   q drops  late_ms | loop late ms")
                .append(System.lineSeparator());
        for (SecondRecord second : records.getSecondsList()) {
            boolean judged = second.getState() != SessionState.SESSION_STATE_CLOSED
                    && second.getState() != SessionState.SESSION_STATE_LINGERING;
            if (judged) {
                text.append(row(second));
            }
        }
    }

    private static String row(SecondRecord second) {
        return String.format(
                Locale.ROOT,
                "%3d | %-6s %6.1f %4d %5d %8.3f | %6.1f %3d %5d %8.1f | %.1f%n",
                second.getSecond(),
                second.getRx().getMode() == RxMode.RX_MODE_DRAIN ? "drain" : "normal",
                second.getRx().getFpsIn(),
                second.getRx().getDepthFrames(),
                second.getRx().getDrops(),
                second.getRx().getWriteMs(),
                second.getTx().getFps(),
                second.getTx().getDepthFrames(),
                second.getTx().getDrops(),
                second.getTx().getMaxLatenessMs(),
                second.getLoopLatenessMs());
    }
}
