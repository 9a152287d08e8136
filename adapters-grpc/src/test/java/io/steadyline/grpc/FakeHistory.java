package io.steadyline.grpc;

import io.steadyline.port.BootHistory;
import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.BootReport;
import io.steadyline.restart.Cause;
import io.steadyline.restart.Confidence;
import io.steadyline.restart.CutCall;
import io.steadyline.restart.Diagnosis;
import io.steadyline.restart.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** Boots as a test tells them; the current one is number 18, {@code boot-1}. */
public final class FakeHistory implements BootHistory {

    public static final Instant STARTED = Instant.parse("2026-01-01T12:00:00Z");
    public static final Instant ENDED = Instant.parse("2026-01-01T13:00:00.250Z");

    private final List<BootReport> ended = new CopyOnWriteArrayList<>();
    private final AtomicReference<String> pattern = new AtomicReference<>("");

    /** Newest first. */
    public void add(BootReport report) {
        ended.add(report);
    }

    public void pattern(String sentence) {
        pattern.set(sentence);
    }

    /** With two calls that were live, the one adopted, the other cut. */
    public static BootReport report(long number, Cause cause) {
        Evidence seen = new Evidence.WaitStatus(
                Evidence.Witness.KEEPER, OptionalInt.empty(), OptionalInt.of(9), ENDED.plusMillis(4));
        Evidence reload = new Evidence.AutoReload("nodemon is a parent");
        return new BootReport(
                identity("b" + number, number),
                ENDED,
                Duration.ofMillis(640),
                new Diagnosis(cause, Confidence.LIKELY, "SIGKILL from outside.", true, List.of(seen, reload)),
                List.of(call("CA1", CutCall.Fate.ADOPTED), call("CA2", CutCall.Fate.CUT)),
                List.of("line 1", "line 2"),
                List.of("line 3"),
                List.of("journal: 3 bytes left over"));
    }

    private static CutCall call(String callId, CutCall.Fate fate) {
        return new CutCall(
                callId,
                "MZ" + callId.substring(2),
                "twilio",
                STARTED,
                Duration.ofSeconds(90),
                ENDED.minusMillis(20),
                4_500,
                3_000,
                4,
                160,
                1,
                true,
                fate);
    }

    private static BootIdentity identity(String bootId, long number) {
        return new BootIdentity(
                bootId, number, STARTED, 4711, "0.1.0", "abc123", "production", "m-1", List.of("java", "systemd"));
    }

    @Override
    public BootIdentity current() {
        return identity("boot-1", 18);
    }

    @Override
    public List<BootReport> ended() {
        return List.copyOf(ended);
    }

    @Override
    public Optional<String> pattern() {
        return Optional.of(pattern.get()).filter(sentence -> !sentence.isEmpty());
    }
}
