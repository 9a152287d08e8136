package io.steadyline.grpc;

import io.steadyline.port.ServerControl;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** A process that drains when told to; once stopping, it does not stop doing so. */
public final class FakeServer implements ServerControl {

    public static final ServerInfo INFO =
            new ServerInfo("0.1.0", "boot-1", "abc123", 4711, Instant.parse("2026-01-02T03:04:05.678Z"), "25.0.1", 100);

    public static final Instant DRAIN_SINCE = Instant.parse("2026-01-02T04:00:00Z");
    public static final Instant DEADLINE = Instant.parse("2026-01-02T04:00:30Z");

    private final AtomicReference<Optional<Drain>> drain = new AtomicReference<>(Optional.empty());
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> upgrades = new CopyOnWriteArrayList<>();
    private final AtomicReference<Optional<UpgradeAnswer>> upgradeAnswer = new AtomicReference<>(Optional.empty());

    public void stop() {
        stopping.set(true);
        drain.set(Optional.of(new Drain(DRAIN_SINCE, "the process was told to stop", Optional.of(DEADLINE))));
    }

    /** Drain requests, as "on: why". */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    /** Until this is said, somebody who asks for an upgrade gets the port's own answer. */
    public void answerUpgrades(UpgradeAnswer answer) {
        upgradeAnswer.set(Optional.of(answer));
    }

    /** Jars that were asked for; empty text: the installed one. */
    public List<String> upgrades() {
        return List.copyOf(upgrades);
    }

    @Override
    public ServerInfo info() {
        return INFO;
    }

    @Override
    public boolean isDraining() {
        return drain.get().isPresent();
    }

    @Override
    public Optional<Drain> drain() {
        return drain.get();
    }

    @Override
    public String callsSurvive() {
        return "yes (keeper)";
    }

    @Override
    public void setDraining(boolean on, String why) {
        asked.add(on + ": " + why);
        if (!stopping.get()) {
            drain.set(on ? Optional.of(new Drain(DRAIN_SINCE, why, Optional.empty())) : Optional.empty());
        }
    }

    @Override
    public UpgradeAnswer requestUpgrade(Optional<String> jar) {
        upgrades.add(jar.orElse(""));
        return upgradeAnswer.get().orElseGet(() -> ServerControl.super.requestUpgrade(jar));
    }
}
