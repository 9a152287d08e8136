package io.steadyline.benchmarks.conformance;

import io.steadyline.benchmarks.paced.Checks;
import io.steadyline.benchmarks.paced.Place;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code benchmarks/run fuzz}. */
@Command(
        name = "fuzz",
        description = {
            "Jazzer, a fuzzer that is led by coverage, on a decoder. What it checks is in FrameFuzz and TwilioFuzz,"
                    + " which stand among the tests of adapters-websocket.",
            "Ends with 1 at the first finding, whose input is then in benchmarks/target/jazzer/TARGET/findings. Inputs"
                    + " that reached something new are kept in benchmarks/target/jazzer/TARGET/corpus for the next run."
        },
        mixinStandardHelpOptions = true)
public final class Fuzz implements Callable<Integer> {

    /** Starting and stopping, beside the minutes that were asked for. */
    private static final int MARGIN_MINUTES = 5;

    /** What can be fuzzed. */
    enum Target {
        FRAMES("frames", "io.steadyline.websocket.frames", "FrameFuzz", 4_096),
        TWILIO("twilio", "io.steadyline.websocket.twilio", "TwilioFuzz", 2_048);

        private final String label;
        private final String packageName;
        private final String harness;
        private final int maxInputBytes;

        Target(String label, String packageName, String harness, int maxInputBytes) {
            this.label = label;
            this.packageName = packageName;
            this.harness = harness;
            this.maxInputBytes = maxInputBytes;
        }

        static Target named(String label) {
            return Stream.of(values())
                    .filter(target -> target.label.equals(label))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalArgumentException("--target: " + label + " (expected: frames or twilio)"));
        }
    }

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long (default: ${DEFAULT-VALUE}).")
    private int minutes;

    @Option(
            names = "--target",
            paramLabel = "frames|twilio",
            defaultValue = "frames",
            description = "frames: RFC 6455 frames in; twilio: the JSON of a media stream (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // injected
    private String target;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Checks.within("--minutes", minutes, 1, 1_440);
        Target what = Target.named(target);
        Place place = Place.here();
        Path jazzer = place.root().resolve("benchmarks/target/jazzer");
        Tools.fetch(place.root(), jazzer, "dependency:copy@jazzer");
        Path directory = jazzer.resolve(what.label);
        Path corpus = Files.createDirectories(directory.resolve("corpus"));
        Path findings = Files.createDirectories(directory.resolve("findings"));
        Process process = new ProcessBuilder(Tools.java(
                        "-Xmx512m",
                        "-cp",
                        classPath(place.root(), jazzer),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + what.packageName + "." + what.harness,
                        "--instrumentation_includes=io.steadyline.websocket.**",
                        "--reproducer_path=" + findings,
                        "-artifact_prefix=" + findings + File.separator,
                        "-max_total_time=" + minutes * 60,
                        "-max_len=" + what.maxInputBytes,
                        "-use_value_profile=1",
                        "-print_final_stats=1",
                        corpus.toString(),
                        place.root()
                                .resolve("adapters-websocket/src/test/resources/fuzz/" + what.label)
                                .toString()))
                .directory(directory.toFile())
                .inheritIO()
                .start();
        return Tools.outcome(process, "the fuzzer", (long) minutes + MARGIN_MINUTES) == 0 ? 0 : 1;
    }

    /** The harnesses are tests, so their classes are beside those of the product; its classes come first, uninstrumented jars last. */
    private static String classPath(Path root, Path jazzer) {
        return String.join(
                File.pathSeparator,
                List.of(
                        root.resolve("adapters-websocket/target/classes").toString(),
                        root.resolve("adapters-websocket/target/test-classes").toString(),
                        jazzer.resolve("jazzer.jar").toString(),
                        jazzer.resolve("jazzer-api.jar").toString(),
                        System.getProperty("java.class.path")));
    }
}
