package io.steadyline.bootstrap.drill;

import io.steadyline.bootstrap.drill.DrillGateway.DrillSetUp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a drill runs, how large it is, and whom it tells how far it is. Closing it ends every process that it has started.
 *
 * @param calls at once
 * @param times how often the fault is repeated
 * @param door of the bots: grpc, twilio, or empty for both
 */
public record DrillContext(
        DrillSetUp setUp, int calls, int times, String door, Consumer<String> progress, Deque<DrillGateway> started)
        implements AutoCloseable {

    private static final Pattern RECORDER = Pattern.compile("recorder in (/dev/shm/\\S+\\.slots):");

    /** @param directory empty, and of this drill alone */
    public static DrillContext in(
            Path launcher, Path directory, int calls, int times, String door, Consumer<String> progress)
            throws IOException {
        return new DrillContext(DrillSetUp.in(launcher, directory), calls, times, door, progress, new ArrayDeque<>());
    }

    void say(String text) {
        progress.accept(text);
    }

    DrillGateway start(boolean keepCalls, Map<String, String> environment) throws IOException {
        return start(keepCalls, environment, List.of());
    }

    DrillGateway start(boolean keepCalls, Map<String, String> environment, List<String> wrapper) throws IOException {
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
        started.forEach(DrillContext::deleteRecorder);
    }

    /** It lies outside of the drill's directory, and nobody will look for it. */
    private static void deleteRecorder(DrillGateway gateway) {
        for (String line : gateway.lines()) {
            Matcher named = RECORDER.matcher(line);
            if (named.find()) {
                try {
                    Files.deleteIfExists(Path.of(named.group(1)));
                } catch (IOException failed) {
                    throw new UncheckedIOException("recorder of a drill", failed);
                }
            }
        }
    }
}
