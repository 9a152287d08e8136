package io.steadyline.bootstrap.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.admin.v1.Dropped;
import io.steadyline.admin.v1.GetSessionResponse;
import io.steadyline.admin.v1.QueueCounters;
import io.steadyline.admin.v1.QueueName;
import io.steadyline.admin.v1.RxMode;
import io.steadyline.admin.v1.RxRecord;
import io.steadyline.admin.v1.SecondRecord;
import io.steadyline.admin.v1.SessionState;
import io.steadyline.admin.v1.TxRecord;
import io.steadyline.bootstrap.fault.Fault;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckResultTest {

    @Test
    void shouldBeAGoWithoutAReasonAgainstIt() {
        CheckResult result = result(7, List.of());
        assertThat(result.isGo()).isTrue();
        assertThat(result.lastLine()).isEqualTo("GO (7 seconds judged, all healthy)");
    }

    @Test
    void shouldBeANoGoWithAReason() {
        CheckResult result = result(7, List.of("second 3: RX drops=2 (expected: 0) [AGENT]"));
        assertThat(result.isGo()).isFalse();
        assertThat(result.lastLine()).isEqualTo("NO-GO (7 seconds judged, reasons above: 1)");
        assertThat(result.report()).contains("  - second 3: RX drops=2 (expected: 0) [AGENT]");
    }

    @Test
    void shouldBeANoGoWhenNoSecondCouldBeJudged() {
        assertThat(result(0, List.of()).isGo()).isFalse();
        assertThat(result(0, List.of()).lastLine()).startsWith("NO-GO (0 seconds judged");
    }

    @Test
    void shouldListEachSecondWithAStream() {
        String report = result(2, List.of()).report();
        assertThat(report.lines().filter(line -> line.contains(" | ")).toList())
                .containsExactly(
                        "  s | RX     fps_in    q drops write_ms | TX fps   q drops  late_ms | loop late ms",
                        "  0 | normal   50.0    1     0    0.010 |   49.0   3     0      0.5 | 1.5",
                        "  1 | drain    50.0  120     0    0.010 |   49.0   3     0      0.5 | 1.5");
        assertThat(report).contains("The caller's side:");
    }

    @Test
    void shouldSayNothingOfACallerThatNeverGotThrough() {
        CheckResult result = new CheckResult(Optional.of(Reports.unreachable()), Optional.empty(), 0, List.of("none"));
        assertThat(result.report()).doesNotContain("The caller's side:");
    }

    @Test
    void shouldExplainAStalledRecogniserByItsFigures() {
        assertThat(String.join(" ", result(2, List.of()).explain(Optional.of(Fault.STT_STALL))))
                .contains("120 frames at the most", "Caller frames lost: 5.");
    }

    @Test
    void shouldExplainAStalledLoop() {
        assertThat(String.join(" ", result(2, List.of()).explain(Optional.of(Fault.PACER_STALL))))
                .startsWith("What happened: the media loop stood still");
    }

    @Test
    void shouldHaveNothingToExplainWithoutAFault() {
        assertThat(result(2, List.of()).explain(Optional.empty())).isEmpty();
        assertThat(new CheckResult(Optional.empty(), Optional.empty(), 0, List.of())
                        .explain(Optional.of(Fault.STT_STALL)))
                .isEmpty();
    }

    private static CheckResult result(int secondsJudged, List<String> reasons) {
        GetSessionResponse session = GetSessionResponse.newBuilder()
                .addSeconds(second(0, SessionState.SESSION_STATE_ACTIVE, RxMode.RX_MODE_NORMAL, 1))
                .addSeconds(second(1, SessionState.SESSION_STATE_ACTIVE, RxMode.RX_MODE_DRAIN, 120))
                .addSeconds(second(2, SessionState.SESSION_STATE_LINGERING, RxMode.RX_MODE_NORMAL, 0))
                .addSeconds(second(3, SessionState.SESSION_STATE_CLOSED, RxMode.RX_MODE_NORMAL, 0))
                .addQueues(lost(QueueName.QUEUE_NAME_RX, 2))
                .addQueues(lost(QueueName.QUEUE_NAME_STT, 3))
                .addQueues(lost(QueueName.QUEUE_NAME_TX, 100))
                .build();
        return new CheckResult(Optional.of(Reports.good()), Optional.of(session), secondsJudged, reasons);
    }

    private static SecondRecord second(int second, SessionState state, RxMode mode, int depthFrames) {
        return SecondRecord.newBuilder()
                .setSecond(second)
                .setState(state)
                .setLoopLatenessMs(1.5)
                .setRx(RxRecord.newBuilder()
                        .setMode(mode)
                        .setFpsIn(50)
                        .setDepthFrames(depthFrames)
                        .setMaxDepthFrames(depthFrames)
                        .setWriteMs(0.01))
                .setTx(TxRecord.newBuilder().setFps(49).setDepthFrames(3).setMaxLatenessMs(0.5))
                .build();
    }

    private static QueueCounters lost(QueueName queue, long frames) {
        return QueueCounters.newBuilder()
                .setQueue(queue)
                .setDropped(Dropped.newBuilder().setOverflow(frames))
                .build();
    }
}
