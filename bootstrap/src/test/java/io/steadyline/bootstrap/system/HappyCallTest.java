package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.bootstrap.cli.SteadylineCommand;
import io.steadyline.call.CallView;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallState;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.MarkCause;
import io.steadyline.simulator.Simulator;
import io.steadyline.simulator.Speech;
import io.steadyline.simulator.audio.Audio;
import io.steadyline.telemetry.CallSecond;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One call as it should be, with each built-in agent. */
class HappyCallTest {

    private static final int GREETING_FRAMES = 100;

    private static final String RX_LINE =
            "CA\\w+ INFO \\[RX] mode=(normal|drain) fps_in=\\d+\\.\\d q=\\d+ drops=\\d+ write_ms=\\d+\\.\\d+";
    private static final String TX_LINE = "CA\\w+ INFO \\[TX] fps=\\d+\\.\\d q=\\d+ drops=\\d+";

    @Test
    void shouldGreetRecordEverySecondAndEndHealthy(@TempDir Path files) throws Exception {
        Path greeting = files.resolve("greeting.ulaw");
        Audio.ofMuLaw(Arrays.copyOf(Audio.voice().muLaw(), GREETING_FRAMES * 160))
                .writeRaw(greeting);
        try (RunningGateway gateway = RunningGateway.warm("STEADYLINE_GREETING", greeting.toString());
                Simulator simulator = Simulator.start();
                CallLines log = CallLines.of("call");
                MachinePauses pauses = new MachinePauses()) {
            CallReport report = simulator
                    .place(CallPlan.to(gateway.media())
                            .duration(Duration.ofSeconds(7))
                            .digit('5', Duration.ofSeconds(2))
                            .build())
                    .join();
            String callSid = report.plan().callSid();
            CallView call = gateway.awaitEnd(callSid);

            assertThat(report.wasCompleted()).as("%s", report.ending()).isTrue();
            assertThat(report.malformed()).isEmpty();
            assertThat(report.received().firstMediaMs()).isPresent();
            System.out.printf(
                    "greeting: first frame %.1f ms after start; machine's worst pause %.1f ms;" + " findings %s%n",
                    report.received().firstMediaMs().getAsDouble(),
                    pauses.worstMs(),
                    gateway.judge(callSid).findings());
            assertThat(report.received().frames()).isEqualTo(GREETING_FRAMES);
            assertThat(report.playout().marks())
                    .singleElement()
                    .satisfies(mark -> assertThat(mark.cause()).isEqualTo(MarkCause.PLAYED));

            assertThat(call.state()).isEqualTo(CallState.CLOSED);
            assertThat(call.end().orElseThrow().by()).isEqualTo(CallEnd.Party.CALLER);
            assertThat(call.end().orElseThrow().reason()).isEqualTo(CallEnd.Reason.HANG_UP);
            assertThat(call.queues()).allMatch(queue -> queue.isBalanced() && queue.droppedOverflow() == 0);
            assertJudgedHealthy(gateway, report, pauses);
            assertLines(gateway, log, callSid);
        }
    }

    /** Symptom: {@code call --echo} said "completed" and ended with 0 where nothing was echoed. */
    @Test
    void shouldNotBeTakenForAnEchoWhenNothingComesBack() {
        try (RunningGateway gateway = RunningGateway.warm()) {
            String url = gateway.media().toString();
            assertThat(SteadylineCommand.execute("call", url, "--seconds", "1")).isZero();
            assertThat(SteadylineCommand.execute("call", url, "--seconds", "1", "--echo"))
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldReturnEveryFrameOnceAndInOrderWhenTheAgentEchoes() {
        try (RunningGateway gateway =
                        RunningGateway.warm("STEADYLINE_AGENT", "echo", "STEADYLINE_BARGE_IN_POLICY", "off");
                Simulator simulator = Simulator.start();
                MachinePauses pauses = new MachinePauses()) {
            CallReport report = simulator
                    .place(CallPlan.to(gateway.media())
                            .duration(Duration.ofSeconds(4))
                            .echoProbe(true)
                            .build())
                    .join();
            gateway.awaitEnd(report.plan().callSid());

            assertReturnedOnceAndInOrder(report);
            assertThat(Objects.requireNonNull(report.echo()).sent()).isGreaterThan(100);
            assertJudgedHealthy(gateway, report, pauses);
        }
    }

    @Test
    void shouldStayOpenLongerThanTheKeepAliveOfHttp() throws Exception {
        try (RunningGateway gateway = RunningGateway.with("STEADYLINE_HTTP_KEEP_ALIVE", "1 s");
                Simulator simulator = Simulator.start()) {
            CallReport report = simulator
                    .place(CallPlan.to(gateway.media())
                            .speech(Speech.silence())
                            .duration(Duration.ofMillis(2_500))
                            .build())
                    .join();
            assertThat(report.wasCompleted()).as("%s", report.ending()).isTrue();
        }
    }

    static void assertReturnedOnceAndInOrder(CallReport report) {
        CallReport.Echo echo = Objects.requireNonNull(report.echo());
        assertThat(report.wasCompleted()).as("%s", report.ending()).isTrue();
        assertThat(echo.returned()).as("%s", echo).isEqualTo(echo.sent());
        assertThat(List.of(echo.lost(), echo.tail(), echo.reordered(), echo.doubled(), echo.foreign()))
                .as("%s", echo)
                .containsOnly(0L);
    }

    /** R17 and R19, but for what a machine without time for us explains. */
    static void assertJudgedHealthy(RunningGateway gateway, CallReport report, MachinePauses pauses) {
        String callSid = report.plan().callSid();
        assertThat(gateway.judge(callSid).secondsJudged()).isPositive();
        assertThat(pauses.serious(gateway.judge(callSid).findings(), report))
                .as(
                        "machine's worst pause %.1f ms, generator's %.1f ms",
                        pauses.worstMs(), report.sent().lateness().maxMs())
                .isEmpty();
    }

    private static void assertLines(RunningGateway gateway, CallLines log, String callSid) {
        await().atMost(RunningGateway.PATIENCE)
                .untilAsserted(
                        () -> assertThat(log.ofCall(callSid)).anyMatch(line -> line.contains("call ended by CALLER")));
        List<String> lines = log.ofCall(callSid);
        List<CallSecond> seconds = gateway.seconds(callSid);
        assertThat(seconds).extracting(CallSecond::second).first().isEqualTo(0);
        assertThat(seconds)
                .extracting(CallSecond::second)
                .doesNotHaveDuplicates()
                .isSorted();
        long judged = gateway.judge(callSid).secondsJudged();
        assertThat(judged).isGreaterThanOrEqualTo(5);
        assertThat(lines.stream().filter(line -> line.matches(RX_LINE))).hasSize((int) judged);
        assertThat(lines.stream().filter(line -> line.matches(TX_LINE))).hasSize((int) judged);
        assertThat(lines.indexOf(callSid + " INFO STT session requested: builtin"))
                .as("R6: the recogniser is asked for before the greeting is queued")
                .isNotNegative()
                .isLessThan(indexOf(lines, "greeting queued"));
        assertThat(lines)
                .contains(callSid + " INFO greeting: first frame sent", callSid + " INFO greeting PLAYED")
                .contains(callSid + " INFO key not shown (event)");
    }

    private static int indexOf(List<String> lines, String part) {
        return lines.indexOf(
                lines.stream().filter(line -> line.contains(part)).findFirst().orElse(""));
    }
}
