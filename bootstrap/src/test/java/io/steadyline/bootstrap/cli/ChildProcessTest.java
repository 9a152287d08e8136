package io.steadyline.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.bootstrap.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

    private static Ended run(Map<String, String> variables, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A short life: compiling hot code would take longer than running it.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
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
