package io.steadyline.bootstrap.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A place of its own for the launcher: a PATH with the few tools that it uses and no Java, and fake JDKs whose
 * {@code java} prints its process id and its arguments.
 */
final class LauncherSandbox {

    static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private static final List<String> TOOLS =
            List.of("bash", "dirname", "find", "flock", "mkdir", "readlink", "rm", "sed", "tail", "touch");

    private static final String FAKE_JAVA = """
        #!/bin/sh
        echo "pid=$$"
        echo "home=$(dirname "$(dirname "$0")")"
        echo "environment=$STEADYLINE_ENVIRONMENT port=$PORT"
        for argument in "$@"; do echo "arg=$argument"; done
        """;

    record Outcome(long pid, int exitCode, String out, String err) {

        List<String> arguments() {
            return values("arg=");
        }

        String value(String prefix) {
            return values(prefix).getFirst();
        }

        private List<String> values(String prefix) {
            return out.lines()
                    .filter(line -> line.startsWith(prefix))
                    .map(line -> line.substring(prefix.length()))
                    .toList();
        }
    }

    private final Path dir;
    private final Path bin;
    private final Map<String, String> environment = new LinkedHashMap<>();

    LauncherSandbox(Path dir) throws IOException {
        this.dir = dir.toRealPath();
        this.bin = Files.createDirectory(this.dir.resolve("bin"));
        for (String tool : TOOLS) {
            link(tool);
        }
        Path jar = Files.createFile(this.dir.resolve("steadyline.jar"));
        environment.put("PATH", bin.toString());
        environment.put("HOME", this.dir.toString());
        environment.put("STEADYLINE_JAR", jar.toString());
        environment.put("STEADYLINE_JDK_ROOTS", this.dir.resolve("jvm").toString());
    }

    LauncherSandbox with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    LauncherSandbox without(String variable) {
        environment.remove(variable);
        return this;
    }

    /** A directory with a release file of that version. */
    Path jdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(dir.resolve(name));
        Files.createDirectory(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/java"), FAKE_JAVA);
        return home;
    }

    /** As update-alternatives does it: the PATH has a link, not the JDK's own directory. */
    LauncherSandbox javaOnPath(Path home) throws IOException {
        Files.createSymbolicLink(bin.resolve("java"), home.resolve("bin/java"));
        return this;
    }

    LauncherSandbox tool(String name, String script) throws IOException {
        script(bin.resolve(name), script);
        return this;
    }

    Path path(String name) {
        return dir.resolve(name);
    }

    /** The output is read after the end: what the scripts print fits into a pipe. */
    Outcome run(Path script, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(command + ": still running (expected: an end within 30 s)");
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.pid(), process.exitValue(), out, err);
    }

    Outcome launch(String... arguments) throws IOException, InterruptedException {
        return run(REPOSITORY.resolve("steadyline"), arguments);
    }

    Outcome startProduction(String... arguments) throws IOException, InterruptedException {
        return run(REPOSITORY.resolve("start_production.sh"), arguments);
    }

    private void link(String tool) throws IOException {
        Path real = Stream.of("/bin", "/usr/bin", "/usr/local/bin")
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(tool + ": not found (expected: in /bin or /usr/bin)"));
        Files.createSymbolicLink(bin.resolve(tool), real);
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
