package io.steadyline.bootstrap.check;

import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.CallReport.Malformed;
import io.steadyline.simulator.CallReport.Outcome;
import io.steadyline.simulator.Distribution;
import io.steadyline.simulator.audio.Audio;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What a caller may have seen. */
final class Reports {

    private Reports() {}

    static CallReport good() {
        return report(Outcome.HUNG_UP, OptionalDouble.of(3), 0, List.of());
    }

    static CallReport unreachable() {
        return report(Outcome.UNREACHABLE, OptionalDouble.empty(), 0, List.of());
    }

    static CallReport ended(Outcome outcome) {
        return report(outcome, OptionalDouble.of(3), 0, List.of());
    }

    static CallReport starved(double ms) {
        return report(Outcome.HUNG_UP, OptionalDouble.of(3), ms, List.of());
    }

    static CallReport malformed(String why) {
        return report(Outcome.HUNG_UP, OptionalDouble.of(3), 0, List.of(new Malformed(5, why, "{")));
    }

    private static CallReport report(
            Outcome outcome, OptionalDouble setUpMs, double starvedMs, List<Malformed> malformed) {
        return new CallReport(
                CallPlan.to("ws://127.0.0.1:5000/twilio/media").callSid("CA1").build(),
                new CallReport.Ending(
                        outcome, setUpMs, setUpMs, OptionalInt.empty(), OptionalInt.of(1011), "internal error", "why"),
                7_000,
                new CallReport.Sent(350, 353, 80_000, 0, Distribution.empty()),
                new CallReport.Received(
                        300,
                        301,
                        48_000,
                        80_000,
                        OptionalDouble.of(30),
                        List.of(50, 50, 50),
                        Distribution.empty(),
                        0,
                        2,
                        0),
                new CallReport.Playout(1, starvedMs > 0 ? 2 : 0, starvedMs, 0, 0, List.of(), 0, 0),
                null,
                malformed,
                malformed.size(),
                List.of(),
                0,
                Audio.silence(Duration.ofMillis(1)));
    }
}
