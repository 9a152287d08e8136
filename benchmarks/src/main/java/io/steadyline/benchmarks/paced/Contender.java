package io.steadyline.benchmarks.paced;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Who does the job. */
public enum Contender {
    STEADYLINE("Steadyline, as shipped") {
        @Override
        List<String> command(Place place, int port, Path directory) {
            return List.of(launcher(place).toString(), "serve");
        }

        @Override
        Map<String, String> environment(int port, Path directory, int calls) {
            // The limits are those of the product as long as they let the calls in at all.
            return Map.of(
                    "PORT",
                    String.valueOf(port),
                    "STEADYLINE_GRPC_PORT",
                    "0",
                    "STEADYLINE_HTTP_BIND_ADDRESS",
                    LOOPBACK,
                    "STEADYLINE_DATA_DIR",
                    directory.resolve(DATA).toString(),
                    "STEADYLINE_NO_BUILD",
                    "1",
                    "STEADYLINE_AGENT",
                    "echo",
                    "STEADYLINE_LIMITS_MAX_CALLS",
                    String.valueOf(Math.max(SHIPPED_MAX_CALLS, calls)),
                    // All contenders carry the same calls, whatever comes of it.
                    "STEADYLINE_LIMITS_LOOP_LATENESS",
                    "0",
                    "STEADYLINE_LIMITS_LOOP_BUSY",
                    "100");
        }

        @Override
        String whyNot(Place place) {
            return Files.isRegularFile(jar(place)) ? "" : "it is not packaged: ./steadyline --version builds it";
        }
    },
    UNDERTOW("yardstick: Undertow's WebSocket API") {
        @Override
        List<String> command(Place place, int port, Path directory) {
            List<String> command = new ArrayList<>(List.of(java()));
            command.addAll(LIKE_THE_PRODUCT);
            command.addAll(List.of(
                    "-cp", System.getProperty("java.class.path"), "io.steadyline.benchmarks.bridge.EchoBridge"));
            command.add(String.valueOf(port));
            return command;
        }
    },
    NODE("Node.js and ws") {
        @Override
        List<String> command(Place place, int port, Path directory) {
            return List.of("node", directory.resolve("bridge.mjs").toString(), String.valueOf(port));
        }

        @Override
        void prepare(Place place, Path directory) throws IOException {
            for (String file : List.of("bridge.mjs", "package.json", "package-lock.json")) {
                Files.copy(place.root().resolve("benchmarks/node").resolve(file), directory.resolve(file));
            }
            install(directory);
        }

        @Override
        String whyNot(Place place) {
            return isOnPath("node") && isOnPath("npm") ? "" : "node and npm are not on the PATH";
        }
    };

    /** Of one start, within its directory. */
    static final String DATA = "data";

    static final String LOOPBACK = "127.0.0.1";
    static final int SHIPPED_MAX_CALLS = 1_000;

    /** What the launcher gives the server. */
    private static final List<String> LIKE_THE_PRODUCT = List.of(
            "-XX:-UseDynamicNumberOfCompilerThreads",
            "-Xms512m",
            "-Xmx512m",
            "-XX:MaxDirectMemorySize=256m",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20",
            "-XX:MaxTenuringThreshold=1",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final int INSTALL_LIMIT_S = 120;

    private final String label;

    Contender(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    abstract List<String> command(Place place, int port, Path directory);

    /** {@code directory} is of this one start. */
    Map<String, String> environment(int port, Path directory, int calls) {
        return Map.of();
    }

    /** Once before each start. */
    void prepare(Place place, Path directory) throws IOException {
        // Most need nothing.
    }

    /** Empty when it can run here. */
    String whyNot(Place place) {
        return "";
    }

    boolean isJava() {
        return this != NODE;
    }

    /** Those asked for that can run here, the yardstick first; why another one cannot is said. */
    static List<Contender> those(List<String> names, Place place, Consumer<String> say) {
        List<Contender> wanted = names.isEmpty()
                ? List.of(UNDERTOW, STEADYLINE, NODE)
                : names.stream().map(Contender::named).sorted().toList();
        return wanted.stream()
                .filter(contender -> {
                    String whyNot = contender.whyNot(place);
                    if (!whyNot.isEmpty()) {
                        say.accept(contender.label + ": skipped, " + whyNot);
                    }
                    return whyNot.isEmpty();
                })
                .toList();
    }

    private static Contender named(String name) {
        return Arrays.stream(values())
                .filter(contender -> contender.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--only: '" + name + "' (expected: steadyline, undertow or node)"));
    }

    static Path launcher(Place place) {
        return place.root().resolve("steadyline");
    }

    static Path jar(Place place) {
        return place.root().resolve("bootstrap/target/steadyline.jar");
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static boolean isOnPath(String tool) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }

    private static void install(Path directory) throws IOException {
        Process npm = new ProcessBuilder("npm", "ci", "--silent", "--no-audit", "--no-fund")
                .directory(directory.toFile())
                .inheritIO()
                .start();
        try {
            if (!npm.waitFor(INSTALL_LIMIT_S, TimeUnit.SECONDS) || npm.exitValue() != 0) {
                npm.destroyForcibly();
                throw new IOException(
                        "npm ci: failed, or not done within " + INSTALL_LIMIT_S + " s; --only leaves Node out");
            }
        } catch (InterruptedException stop) {
            npm.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stop);
        }
    }
}
