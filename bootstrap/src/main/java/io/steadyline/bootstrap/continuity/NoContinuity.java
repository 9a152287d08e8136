package io.steadyline.bootstrap.continuity;

import io.steadyline.bootstrap.Version;
import io.steadyline.bootstrap.config.Settings;
import io.steadyline.port.BootHistory;
import io.steadyline.port.CallObserver;
import io.steadyline.port.ServerControl.UpgradeAnswer;
import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.BootReport;
import io.steadyline.restart.CallPast;
import io.steadyline.restart.CutCall.Fate;
import io.steadyline.restart.SlotSnapshot;
import io.steadyline.signal.CallFacts;
import io.steadyline.websocket.server.Kept;
import io.steadyline.websocket.twilio.TokenKey;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A gateway that leaves nothing behind: for the demo, and for tests within one process. */
public final class NoContinuity implements Continuity, BootHistory {

    private final BootIdentity current;
    private final TokenKey tokenKey;

    public NoContinuity(BootIdentity current) {
        this(current, TokenKey.random());
    }

    /** @param tokenKey of a boot before this one */
    public NoContinuity(BootIdentity current, TokenKey tokenKey) {
        this.current = current;
        this.tokenKey = tokenKey;
    }

    /** The first boot that anybody knows of. */
    public static NoContinuity of(Settings settings, String bootId) {
        return new NoContinuity(new BootIdentity(
                bootId,
                1,
                Instant.now(),
                ProcessHandle.current().pid(),
                Version.current(),
                settings.process().appSha(),
                settings.process().profile().name().toLowerCase(Locale.ROOT),
                "",
                List.of()));
    }

    @Override
    public BootIdentity current() {
        return current;
    }

    @Override
    public List<BootReport> ended() {
        return List.of();
    }

    @Override
    public Optional<String> pattern() {
        return Optional.empty();
    }

    @Override
    public Kept kept() {
        return Kept.nothing();
    }

    @Override
    public BootHistory history() {
        return this;
    }

    @Override
    public TokenKey tokenKey() {
        return tokenKey;
    }

    @Override
    public Optional<CallObserver> observer() {
        return Optional.empty();
    }

    @Override
    public void tracesBy(Function<CallFacts, String> traceparentOf) {
        // There is no journal to tell.
    }

    @Override
    public CallPast pastOf(SlotSnapshot left) {
        throw new IllegalStateException(left.socketName() + " (expected: nothing is left)");
    }

    @Override
    public Optional<BootReport> investigate(Map<SlotSnapshot, Fate> fates) {
        return Optional.empty();
    }

    @Override
    public List<String> notes() {
        return List.of();
    }

    @Override
    public Map<String, Long> lostRecords() {
        return Map.of();
    }

    @Override
    public boolean isDurable() {
        return false;
    }

    @Override
    public void onServing() {
        // Nobody is told.
    }

    @Override
    public void onDraining(String why) {
        // Nobody is told.
    }

    @Override
    public void onStopAsked(String signal) {
        // Nobody is told.
    }

    @Override
    public UpgradeAnswer prepareUpgrade(Optional<String> jar, Supplier<Boolean> handOver, Runnable calledOff) {
        return UpgradeAnswer.refused("nobody holds the sockets: start with serve --keep-calls");
    }

    @Override
    public void closeClean(String reason) {
        // Nothing is open.
    }

    @Override
    public void abandon(String why) {
        // Nothing is open.
    }
}
