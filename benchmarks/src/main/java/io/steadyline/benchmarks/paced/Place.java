package io.steadyline.benchmarks.paced;

import io.steadyline.simulator.load.Core;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where it is measured.
 *
 * @param root of the repository
 * @param serverCore the first core that this process was given
 * @param loadCore the last one
 * @param words what the machine is, without its name
 */
public record Place(Path root, int serverCore, int loadCore, String words) {

    /** Set by the run script, as is the property of the same name for the cores. */
    private static final String ROOT = "steadyline.root";

    private static final String CORES = "steadyline.cores";

    public static Place here() throws IOException {
        String root = System.getProperty(ROOT);
        String cores = System.getProperty(CORES);
        if (root == null || cores == null) {
            throw new IllegalArgumentException("it is not known where this is (expected: started by benchmarks/run)");
        }
        int[] both =
                Arrays.stream(cores.split(",", -1)).mapToInt(Integer::parseInt).toArray();
        return new Place(Path.of(root), both[0], both[1], describe());
    }

    /** What the load tool may do with its core, as long as it is alone there. */
    Core core() {
        return serverCore == loadCore ? Core.SHARED : Core.OWN;
    }

    /** What becomes a command, alone on the server's core. */
    public List<String> onServerCore(List<String> command) {
        return Stream.concat(Stream.of("taskset", "-c", String.valueOf(serverCore)), command.stream())
                .toList();
    }

    private static String describe() throws IOException {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %.0f GiB, Linux %s, JDK %s",
                field(Path.of("/proc/cpuinfo"), "model name"),
                // All of them: this process itself is held to one.
                lines(Path.of("/proc/cpuinfo"), "processor"),
                Double.parseDouble(field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "")) / 1024 / 1024,
                System.getProperty("os.version").replaceAll("-.*", ""),
                Runtime.version().feature());
    }

    private static long lines(Path file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name)).count();
        }
    }

    private static String field(Path file, String name) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("0");
        }
    }
}
