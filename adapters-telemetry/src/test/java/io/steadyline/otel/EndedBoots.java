package io.steadyline.otel;

import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.BootReport;
import io.steadyline.restart.Cause;
import io.steadyline.restart.Confidence;
import io.steadyline.restart.CutCall;
import io.steadyline.restart.Diagnosis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Reports of boots that are over. */
final class EndedBoots {

    static final Instant ENDED = Instant.parse("2026-01-02T03:04:05.678Z");

    private EndedBoots() {}

    /** By SIGKILL, with as many calls cut, then as many adopted, and one that was closed. */
    static BootReport killed(int cut, int adopted) {
        List<CutCall> calls = IntStream.range(0, cut + adopted + 1)
                .mapToObj(i -> call(
                        i, i < cut ? CutCall.Fate.CUT : i < cut + adopted ? CutCall.Fate.ADOPTED : CutCall.Fate.CLOSED))
                .toList();
        return new BootReport(
                new BootIdentity(
                        "boot-6",
                        6,
                        ENDED.minusSeconds(3_600),
                        4711,
                        "1.2.3",
                        "abc",
                        "production",
                        "m1",
                        List.of("steadyline")),
                ENDED,
                Duration.ofMillis(640),
                new Diagnosis(
                        Cause.SIGKILL, Confidence.LIKELY, "SIGKILL from outside,\nby nobody known", true, List.of()),
                calls,
                List.of("a line with " + PlayedCall.SECRET_WORDS),
                List.of(),
                List.of());
    }

    private static CutCall call(int i, CutCall.Fate fate) {
        return new CutCall(
                "CA" + i,
                "MZ" + i,
                "twilio",
                ENDED.minusSeconds(60),
                Duration.ofSeconds(59),
                ENDED.minusMillis(20),
                2_950,
                1_000,
                4,
                160,
                1,
                true,
                fate);
    }
}
