package io.steadyline.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.simulator.CallReport.Outcome;
import io.steadyline.simulator.audio.Audio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static Distribution distribution(long... ms) {
        Distribution.Recorder recorder = new Distribution.Recorder();
        for (long value : ms) {
            recorder.record(value * 1_000_000);
        }
        return recorder.snapshot();
    }

    private static CallReport report(Outcome outcome, OptionalInt closeCode, Distribution gapErrors) {
        return new CallReport(
                CallPlan.to("ws://127.0.0.1:5000/twilio").callSid("CA1").build(),
                new CallReport.Ending(
                        outcome,
                        OptionalDouble.of(1),
                        OptionalDouble.of(2),
                        OptionalInt.empty(),
                        closeCode,
                        "bye\n",
                        ""),
                10_000,
                new CallReport.Sent(500, 503, 150_000, 0, distribution(0, 1)),
                new CallReport.Received(
                        400, 402, 64_000, 120_000, OptionalDouble.of(31), List.of(50, 50), gapErrors, 1, 2, 0),
                new CallReport.Playout(2, 1, 4.5, 1, 300, List.of(), 3, 0),
                new CallReport.Echo(450, 449, 1, 0, 0, 0, 0, distribution(3), Silences.none()),
                List.of(new CallReport.Malformed(5, "unknown event 'x'", "{\"event\":\"x\"}")),
                1,
                List.of(),
                0,
                Audio.silence(Duration.ofMillis(1)));
    }

    @Test
    void shouldShowOneCall() {
        String text = Summary.of(report(Outcome.SERVER_CLOSED, OptionalInt.of(1001), distribution(1)));
        assertThat(text)
                .contains("call             CA1 to ws://127.0.0.1:5000/twilio\n")
                .contains("ended            SERVER_CLOSED, close 1001 'bye\\u000a', provider error 31921\n")
                .contains("frames/s         [50, 50]\n")
                .contains("echo             449 of 450 returned, lost 1, tail 0, reordered 0, doubled 0, foreign 0\n")
                .contains("longest silence  0.0 ms at 0 ms, beyond 0 ms 0\n")
                .contains("malformed        1\n")
                .contains("unknown event 'x': {\"event\":\"x\"}\n");
    }

    @Test
    void shouldAddUpAFleet() {
        String text = Summary.of(List.of(
                report(Outcome.HUNG_UP, OptionalInt.of(1000), distribution(1, 1, 1)),
                report(Outcome.HUNG_UP, OptionalInt.of(1000), distribution(9)),
                report(Outcome.BROKEN, OptionalInt.empty(), distribution())));
        assertThat(text)
                .contains("calls            3, as planned 2\n")
                .contains("ended            1 x BROKEN 'bye\\u000a', provider error 31903\n")
                .contains("ended            2 x HUNG_UP, close 1000 'bye\\u000a'\n")
                .contains("frames sent      1500, discarded 0\n")
                .contains("gap error        n=4 p50=1.")
                .contains("wide gaps 3\n")
                .contains("starvation       3 times, 13.5 ms\n")
                .contains("outages          0\n");
    }

    @Test
    void shouldShowTheOutagesOfAFleet() {
        List<Outage> outages = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            outages.add(new Outage(1_000_000_000L * i, 300, i == 3 ? 1 : 90, distribution(250, 300)));
        }
        FleetReport.Echo echo = new FleetReport.Echo(5_000, 4_990, 10, 0, 0, 0, 0);
        String text = Summary.of(new FleetReport(100, 99, 1, 0, 7, echo, distribution(300), outages));
        assertThat(text)
                .contains("calls            100, as planned 99\n")
                .contains("sockets          cut 1, not connected 0\n")
                .contains("echo             4990 of 5000 returned, lost 10, tail 0, reordered 0, doubled 0, foreign 0,"
                        + " discarded 7\n")
                .contains("outages          12\n")
                .contains("  +1000.0 ms: 90 calls, n=2 ")
                .doesNotContain("+3000.0 ms");
    }

    @Test
    void shouldAlignItsColumns() {
        Summary.of(report(Outcome.HUNG_UP, OptionalInt.empty(), distribution()))
                .lines()
                .forEach(line -> assertThat(line.substring(15)).startsWith("  "));
    }
}
