package io.steadyline.grpc;

import io.steadyline.port.ServerControl;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** A process that drains when told to; once stopping, it does not stop doing so. */
public final class FakeServer implements ServerControl {

    public static final ServerInfo INFO =
            new ServerInfo("0.1.0", "boot-1", "abc123", 4711, Instant.parse("2026-01-02T03:04:05.678Z"), "25.0.1", 100);

    private final AtomicBoolean draining = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    public void stop() {
        stopping.set(true);
        draining.set(true);
    }

    /** Drain requests, as "on: why". */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public ServerInfo info() {
        return INFO;
    }

    @Override
    public boolean isDraining() {
        return draining.get();
    }

    @Override
    public void setDraining(boolean on, String why) {
        asked.add(on + ": " + why);
        draining.set(on || stopping.get());
    }
}
