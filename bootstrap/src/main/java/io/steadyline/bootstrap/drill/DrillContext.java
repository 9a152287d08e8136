package io.steadyline.bootstrap.drill;

import io.steadyline.bootstrap.drill.DrillGateway.DrillSetUp;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where a drill runs, how large it is, and whom it tells how far it is. Closing it ends every process that it has started.
 *
 * @param calls at once
 * @param times how often the fault is repeated
 */
public record DrillContext(
        DrillSetUp setUp, int calls, int times, Consumer<String> progress, Deque<DrillGateway> started)
        implements AutoCloseable {

    /** @param directory empty, and of this drill alone */
    public static DrillContext in(Path launcher, Path directory, int calls, int times, Consumer<String> progress)
            throws java.io.IOException {
        return new DrillContext(DrillSetUp.in(launcher, directory), calls, times, progress, new ArrayDeque<>());
    }

    void say(String text) {
        progress.accept(text);
    }

    DrillGateway start(boolean keepCalls, Map<String, String> environment) throws java.io.IOException {
        return start(keepCalls, environment, List.of());
    }

    DrillGateway start(boolean keepCalls, Map<String, String> environment, List<String> wrapper)
            throws java.io.IOException {
        DrillGateway gateway = DrillGateway.start(setUp, keepCalls, environment, wrapper);
        started.push(gateway);
        return gateway;
    }

    /** Calls for a drill that is not about how many there are. */
    int few() {
        return Math.min(calls, 10);
    }

    @Override
    public void close() {
        started.forEach(DrillGateway::close);
    }
}
