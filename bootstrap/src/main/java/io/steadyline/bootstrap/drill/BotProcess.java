package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A talking bot in a process of its own, as {@code ./steadyline bot} starts it. */
final class BotProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final List<String> lines = new ArrayList<>();

    private BotProcess(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::read);
    }

    /** Over the gRPC port of the drill's gateway. */
    static BotProcess grpc(DrillContext context, String name, Path ledger) throws IOException {
        String gateway = "127.0.0.1:" + context.setUp().grpcPort();
        return start(context, ledger, List.of("--door", "grpc", "--gateway", gateway, "--name", name));
    }

    static BotProcess twilio(DrillContext context, int port, Path ledger) throws IOException {
        return start(context, ledger, List.of("--door", "twilio", "--listen", "127.0.0.1:" + port));
    }

    private static BotProcess start(DrillContext context, Path ledger, List<String> options) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(context.setUp().launcher().toString(), "bot", "talk"));
        command.addAll(options);
        command.addAll(List.of("--ledger", ledger.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("STEADYLINE_"));
        builder.environment().put("STEADYLINE_NO_BUILD", "1");
        return new BotProcess(builder.start());
    }

    /** Takes calls. */
    BotProcess awaitReady() throws DrillFailure, InterruptedException {
        require(
                ready.await(PATIENCE.toSeconds(), TimeUnit.SECONDS),
                "the bot is not ready after " + PATIENCE.toSeconds() + " s: " + lines());
        return this;
    }

    /** With -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
                if (line.contains("registered as") || line.contains("listening at")) {
                    ready.countDown();
                }
            }
        } catch (IOException | UncheckedIOException ended) {
            // Killed in the middle of a line: that is what it is for.
        }
    }
}
