package io.steadyline.bootstrap.cli;

import io.steadyline.call.CallDirectory;
import io.steadyline.call.CallView;
import io.steadyline.grpc.GrpcConfig;
import io.steadyline.grpc.GrpcControlPlane;
import io.steadyline.media.AudioFormat;
import io.steadyline.port.BootHistory;
import io.steadyline.port.ServerControl;
import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.BootReport;
import io.steadyline.restart.Cause;
import io.steadyline.restart.Confidence;
import io.steadyline.restart.CutCall;
import io.steadyline.restart.Diagnosis;
import io.steadyline.restart.Evidence;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import io.steadyline.signal.CallState;
import io.steadyline.signal.StreamId;
import io.steadyline.signal.StreamMode;
import io.steadyline.signal.Track;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.CallVerdict;
import io.steadyline.telemetry.GoNoGo;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A control plane on loopback with nothing behind it but what a test says. Boot 18 answers, boots before it are over. */
final class FakeGateway implements ServerControl, BootHistory, AutoCloseable {

    static final Instant STARTED = Instant.parse("2026-01-01T12:00:00Z");
    static final Instant ENDED = Instant.parse("2026-01-01T13:00:00.250Z");

    final List<BootReport> ended = new CopyOnWriteArrayList<>();
    final List<CallView> live = new CopyOnWriteArrayList<>();
    final List<String> jars = new CopyOnWriteArrayList<>();
    private final AtomicInteger boot = new AtomicInteger(18);
    private final AtomicInteger looksUntilNextBoot = new AtomicInteger(Integer.MAX_VALUE);
    private final GrpcControlPlane plane;
    private volatile Optional<Drain> drain = Optional.empty();
    private volatile Optional<UpgradeAnswer> upgrade = Optional.empty();
    private volatile Runnable atNextBoot = () -> {};
    private volatile String pattern = "";

    FakeGateway() {
        plane = new GrpcControlPlane(GrpcConfig.loopback(0), new Calls(live), this, this);
        plane.start();
    }

    String address() {
        return "127.0.0.1:" + plane.port();
    }

    void drains(Drain now) {
        drain = Optional.of(now);
    }

    void repeats(String sentence) {
        pattern = sentence;
    }

    /** The next boot answers after as many looks at this one; {@code then} is what it found. */
    void upgradesAfter(int looks, Runnable then) {
        upgrade = Optional.of(UpgradeAnswer.accepted("the keeper starts the other version"));
        atNextBoot = then;
        looksUntilNextBoot.set(looks);
    }

    /** Accepts, and then nothing happens. */
    void forgetsUpgrades() {
        upgrade = Optional.of(UpgradeAnswer.accepted("the keeper starts the other version"));
    }

    static CallView call(String callId, int ageS) {
        CallFacts facts = new CallFacts(
                new CallId(callId),
                new StreamId("MZ" + callId),
                "twilio",
                "AC1",
                AudioFormat.MULAW_8K,
                StreamMode.BIDIRECTIONAL,
                Set.of(Track.INBOUND),
                Map.of());
        return new CallView(
                facts,
                CallState.ACTIVE,
                STARTED.minusSeconds(ageS),
                Duration.ofSeconds(ageS),
                "echo",
                "builtin",
                List.of(),
                Optional.empty(),
                CallVerdict.UNJUDGED,
                0,
                Optional.empty());
    }

    /** A boot that is over, with a call for each fate. */
    static BootReport report(long number, Cause cause, CutCall.Fate... fates) {
        List<CutCall> calls = Arrays.stream(fates)
                .map(fate -> new CutCall(
                        "CA-" + fate,
                        "MZ-" + fate,
                        "twilio",
                        STARTED,
                        Duration.ofSeconds(90),
                        ENDED.minusMillis(20),
                        4_500,
                        3_000,
                        4,
                        160,
                        1,
                        fate != CutCall.Fate.CUT,
                        fate))
                .toList();
        return new BootReport(
                identity(number),
                ENDED,
                Duration.ofMillis(640),
                new Diagnosis(
                        cause,
                        Confidence.CANNOT_TELL,
                        "Nobody knows\nwhy.",
                        true,
                        List.of(
                                new Evidence.WaitStatus(
                                        Evidence.Witness.KEEPER, OptionalInt.empty(), OptionalInt.of(9), ENDED),
                                new Evidence.AutoReload("nodemon is a parent"))),
                calls,
                List.of("the last line\u001b[2J"),
                List.of("the first line"),
                List.of("journal: 3 bytes left over"));
    }

    private static BootIdentity identity(long number) {
        return new BootIdentity(
                "b" + number,
                number,
                STARTED,
                4711,
                "0.1." + number,
                "abc123",
                "production",
                "m-1",
                List.of("systemd"));
    }

    @Override
    public ServerInfo info() {
        BootIdentity now = current();
        if (looksUntilNextBoot.getAndUpdate(looks -> looks == Integer.MAX_VALUE ? looks : looks - 1) == 0) {
            boot.incrementAndGet();
            atNextBoot.run();
        }
        return new ServerInfo(now.version(), now.bootId(), now.appSha(), now.pid(), now.startedAt(), "25.0.1", 100);
    }

    @Override
    public boolean isDraining() {
        return drain.isPresent();
    }

    @Override
    public Optional<Drain> drain() {
        return drain;
    }

    @Override
    public String callsSurvive() {
        return "yes (keeper)";
    }

    @Override
    public void setDraining(boolean draining, String why) {
        drain = draining ? Optional.of(new Drain(STARTED, why, Optional.empty())) : Optional.empty();
    }

    @Override
    public UpgradeAnswer requestUpgrade(Optional<String> jar) {
        jars.add(jar.orElse(""));
        return upgrade.orElseGet(() -> ServerControl.super.requestUpgrade(jar));
    }

    @Override
    public BootIdentity current() {
        return identity(boot.get());
    }

    @Override
    public List<BootReport> ended() {
        return List.copyOf(ended);
    }

    @Override
    public Optional<String> pattern() {
        return Optional.of(pattern).filter(sentence -> !sentence.isEmpty());
    }

    @Override
    public void close() {
        plane.close();
    }

    /** The directory; nothing but a list. */
    private record Calls(List<CallView> calls) implements CallDirectory {

        @Override
        public Optional<CallView> find(String callOrStreamId) {
            return Optional.empty();
        }

        @Override
        public List<CallSecond> seconds(CallId callId) {
            return List.of();
        }

        @Override
        public Optional<GoNoGo> judge(CallId callId) {
            return Optional.empty();
        }

        @Override
        public Watch watch(Consumer<CallSecond> listener) {
            return () -> {};
        }

        @Override
        public boolean end(CallId callId, String why) {
            return false;
        }
    }
}
