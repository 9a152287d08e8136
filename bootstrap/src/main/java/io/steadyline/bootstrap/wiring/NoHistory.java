package io.steadyline.bootstrap.wiring;

import io.steadyline.port.BootHistory;
import io.steadyline.port.ServerControl.ServerInfo;
import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.BootReport;
import java.util.List;
import java.util.Optional;

/** Knows this boot and none before it. */
final class NoHistory implements BootHistory {

    private final BootIdentity current;

    NoHistory(ServerInfo info, String profile) {
        current = new BootIdentity(
                info.bootId(), 1, info.startedAt(), info.pid(), info.version(), info.appSha(), profile, "", List.of());
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
}
