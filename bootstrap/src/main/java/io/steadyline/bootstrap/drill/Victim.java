package io.steadyline.bootstrap.drill;

import io.steadyline.bootstrap.fault.Mishap;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;

/**
 * A worker that is to die, with or without a keeper above it.
 *
 * @param group that it lives in; empty: none of its own
 */
record Victim(
        DrillContext context,
        DrillGateway gateway,
        boolean hasKeeper,
        Simulator provider,
        Optional<LimitedGroup> group) {

    /** To the process that serves. */
    void signalWorker(int number) throws DrillFailure {
        gateway.signal(gateway.workerPid(), number);
    }

    /** For signals to one that cannot be asked any more who it is. */
    long workerPid() throws DrillFailure {
        return gateway.workerPid();
    }

    void signal(long pid, int number) throws DrillFailure {
        gateway.signal(pid, number);
    }

    /** To the process that was started, as a terminal or a supervisor does: the keeper's when there is one. */
    void signalService(int number) throws DrillFailure {
        gateway.signal(gateway.pid(), number);
    }

    /** Of one that was started with some {@code STEADYLINE_FAULT}; what happens is the one with this label. */
    void goWrong(String label) throws IOException {
        Path beside = Files.writeString(dataDir().resolve(Mishap.FILE + ".new"), label);
        Files.move(beside, dataDir().resolve(Mishap.FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    /** It has seen the file, and what was to happen begins. */
    void awaitGoneWrong() throws DrillFailure {
        Path file = dataDir().resolve(Mishap.FILE);
        gateway.await(
                "the fault", DrillGateway.PATIENCE, () -> Files.exists(file) ? Optional.empty() : Optional.of(true));
    }

    Path dataDir() {
        return context.setUp().dataDir();
    }

    /** Places a call, which runs when this returns. */
    void call(Duration length) throws DrillFailure {
        var _ = provider.place(
                CallPlan.to(context.setUp().media()).duration(length).build());
        gateway.await(
                "the call",
                DrillGateway.PATIENCE,
                () -> gateway.admin(client -> client.serverInfo().getLiveCalls()) > 0
                        ? Optional.of(true)
                        : Optional.empty());
    }
}
