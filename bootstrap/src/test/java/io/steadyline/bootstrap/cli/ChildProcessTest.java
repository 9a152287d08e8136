package io.steadyline.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.bootstrap.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own, because variables of the environment cannot be set in this one. */
class ChildProcessTest {

    /** What a process said, standard error among it, and its exit code. */
    private record Ended(int exitCode, String output) {}

    @Test
    void shouldNameEveryBadVariableAndRefuseToStart() throws Exception {
        Ended ended = run(Map.of("PORT", "70000", "STEADYLINE_LOG_LEVEL", "loud"), "config", "check");
        assertThat(ended.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(ended.output()).contains("PORT", "70000", "STEADYLINE_LOG_LEVEL", "loud");
    }

    @Test
    void shouldTrainWithoutATroubleAndLeaveNothing(@TempDir Path directory) throws Exception {
        List<String> options = List.of(
                "-Djava.io.tmpdir=" + directory,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                // In the jar its manifest says so.
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED");

        Ended ended = runWith(options, Map.of(), "train");

        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(ExitCode.OK);
        assertThat(ended.output()).doesNotContain(" ERROR ");
        // A whole process, after the two lives of the rehearsal.
        assertThat(ended.output().split("APP_START", -1)).hasSize(4);
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.filter(entry -> entry.getFileName().toString().startsWith("steadyline")))
                    .isEmpty();
        }
    }

    private static Ended run(Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        return runWith(List.of(), variables, arguments);
    }

    private static Ended runWith(List<String> options, Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A short life: compiling hot code would take longer than running it.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("STEADYLINE_") || name.startsWith("TWILIO_"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
