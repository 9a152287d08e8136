package io.steadyline.bootstrap.check;

import io.steadyline.admin.v1.CheckFinding;
import io.steadyline.admin.v1.CheckSessionResponse;
import io.steadyline.admin.v1.GetServerInfoResponse;
import io.steadyline.admin.v1.GetSessionResponse;
import io.steadyline.admin.v1.SessionState;
import io.steadyline.grpc.client.AdminClient;
import io.steadyline.grpc.client.AdminFailure;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.Simulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Places the check's call and judges it. */
public final class ProductionCheck {

    /** After the hang-up, a call waits for the recogniser's last words before its record is complete. */
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(5);

    private static final Duration SETTLE_POLL = Duration.ofMillis(100);

    private ProductionCheck() {}

    /** With the gateway's own records, which R17 is about. */
    public static CheckResult with(AdminClient admin, CheckPlan plan, PrintWriter out) throws InterruptedException {
        GetServerInfoResponse before;
        try {
            before = admin.serverInfo();
        } catch (AdminFailure unreachable) {
            List<String> reasons = List.of("the gateway's side cannot be seen: " + unreachable.getMessage()
                    + "; name its control plane with --admin, or judge from outside alone with --outside-only");
            return new CheckResult(Optional.empty(), Optional.empty(), 0, reasons);
        }
        CallReport report = place(plan, out);
        List<String> reasons = new ArrayList<>(OutsideView.findings(report));
        if (!report.wasConnected()) {
            return new CheckResult(Optional.of(report), Optional.empty(), 0, reasons);
        }
        String callId = report.plan().callSid();
        GetSessionResponse session;
        CheckSessionResponse verdict;
        try {
            noteRestart(before, admin.serverInfo(), reasons);
            session = awaitEnd(admin, callId);
            verdict = admin.check(callId);
        } catch (AdminFailure unanswered) {
            // A gateway that was restarted in mid-call does not know the call any more.
            reasons.add("the gateway's records of the call cannot be had: " + unanswered.getMessage());
            return new CheckResult(Optional.of(report), Optional.empty(), 0, reasons);
        }
        for (CheckFinding finding : verdict.getFindingsList()) {
            String where = finding.hasSecond() ? "second " + finding.getSecond() : "call";
            reasons.add(where + ": " + finding.getText() + " ["
                    + finding.getSide().name().replace("SIDE_", "") + "]");
        }
        return new CheckResult(Optional.of(report), Optional.of(session), verdict.getSecondsJudged(), reasons);
    }

    private static void noteRestart(GetServerInfoResponse before, GetServerInfoResponse after, List<String> reasons) {
        if (!before.getBootId().equals(after.getBootId())) {
            reasons.add(
                    "APP_START in mid-call: boot " + before.getBootId() + " before, " + after.getBootId() + " after");
        }
    }

    /** Only what the caller's side can see. */
    public static CheckResult fromOutside(CheckPlan plan, PrintWriter out) {
        CallReport report = place(plan, out);
        int seconds = report.received().framesPerSecond().size();
        return new CheckResult(Optional.of(report), Optional.empty(), seconds, OutsideView.findings(report));
    }

    private static CallReport place(CheckPlan plan, PrintWriter out) {
        CallPlan call = plan.call().build();
        out.printf("Calling %s for %d s as %s%n", call.media(), call.duration().toSeconds(), call.callSid());
        out.flush();
        CallReport report;
        try (Simulator simulator = Simulator.start()) {
            report = simulator.place(call).join();
        }
        plan.record().ifPresent(file -> write(report, file));
        return report;
    }

    private static void write(CallReport report, Path file) {
        try {
            report.answer().writeWav(file);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("record: " + unwritable.getMessage(), unwritable);
        }
    }

    private static GetSessionResponse awaitEnd(AdminClient admin, String callId) throws InterruptedException {
        long deadlineNs = System.nanoTime() + SETTLE_LIMIT.toNanos();
        GetSessionResponse session = admin.get(callId);
        while (session.getSession().getState() != SessionState.SESSION_STATE_CLOSED
                && System.nanoTime() - deadlineNs < 0) {
            Thread.sleep(SETTLE_POLL);
            session = admin.get(callId);
        }
        return session;
    }
}
