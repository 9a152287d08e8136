package io.steadyline.journal.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another Java process, of a main class of the tests; asked by lines, answers by lines, ends with its input. */
final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;

    private ChildJvm(Process process) {
        this.process = process;
        this.answers = process.inputReader();
    }

    static ChildJvm start(Class<?> main, String... jvmOptions) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return new ChildJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    long pid() {
        return process.pid();
    }

    void say(String line) {
        try {
            process.outputWriter().write(line + "\n");
            process.outputWriter().flush();
        } catch (IOException ended) {
            throw new UncheckedIOException("child " + pid() + " has ended", ended);
        }
    }

    /** The next line; waits for it. */
    String answer() {
        try {
            String line = answers.readLine();
            if (line == null) {
                throw new AssertionError("child " + pid() + " ended without an answer");
            }
            return line;
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }

    String ask(String line) {
        say(line);
        return answer();
    }

    void signal(String name) throws IOException, InterruptedException {
        int status = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                .start()
                .waitFor();
        if (status != 0) {
            throw new AssertionError("kill -" + name + " " + pid() + ": " + status);
        }
    }

    /** By SIGKILL; returns when it is gone. */
    void kill() {
        process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        kill();
    }
}
