package io.steadyline.bootstrap.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.steadyline.bootstrap.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as a process of its own: its first lines, its signals, its exit codes. */
class ServeProcessTest {

    @TempDir
    private Path directory;

    private final List<Served> started = new ArrayList<>();

    /** One process; its output is read to the end by a thread of its own. */
    private record Served(Process process, List<String> lines, Thread reader) {

        String awaitLine(String part) {
            await("line with " + part)
                    .atMost(RunningGateway.PATIENCE)
                    .failFast("the process ended: " + lines, () -> !process.isAlive() && !reader.isAlive())
                    .until(() -> lines.stream().anyMatch(line -> line.contains(part)));
            return lines.stream()
                    .filter(line -> line.contains(part))
                    .findFirst()
                    .orElseThrow();
        }

        int awaitExit() throws InterruptedException {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("%s", lines).isTrue();
            reader.join();
            return process.exitValue();
        }

        JsonNode appStart() throws IOException {
            String line = awaitLine("APP_START {");
            return new ObjectMapper().readTree(line.substring(line.indexOf('{')));
        }
    }

    private Served serve(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve");
        builder.directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("STEADYLINE_") || name.startsWith("TWILIO_"));
        builder.environment()
                .putAll(Map.of("PORT", "0", "STEADYLINE_GRPC_PORT", "0", "STEADYLINE_HTTP_BIND_ADDRESS", "127.0.0.1"));
        builder.environment().put("APP_SHA", "abc1234");
        // Each its own: one data directory has one live worker.
        builder.environment()
                .put(
                        "STEADYLINE_DATA_DIR",
                        directory.resolve("data-" + started.size()).toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<String> lines = new CopyOnWriteArrayList<>();
        Thread reader = Thread.ofVirtual().start(() -> {
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                output.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException ended) {
                lines.add("output ended: " + ended.getMessage());
            }
        });
        Served served = new Served(process, lines, reader);
        started.add(served);
        return served;
    }

    @AfterEach
    void killWhatIsLeft() {
        started.forEach(served -> served.process().destroyForcibly());
    }

    @Test
    void shouldSayWhoItIsAndEndWithZeroOnSigterm() throws Exception {
        Served served = serve(Map.of("STEADYLINE_DRAIN_GRACE", "20 s"));
        JsonNode start = served.appStart();
        assertThat(served.awaitLine("APP_SHA ")).endsWith("APP_SHA abc1234");
        assertThat(start.get("sha").asText()).isEqualTo("abc1234");
        assertThat(start.get("pid").asLong()).isEqualTo(served.process().pid());
        assertThat(served.lines().stream().filter(line -> line.contains("APP_START")))
                .hasSize(1);

        String address = start.get("http").asText();
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        StreamText call = StreamText.fresh();
        try (RawPeer peer = RawPeer.open(URI.create("ws://127.0.0.1:" + port + "/twilio/media"))) {
            peer.text(call.start()).text(call.media(1)).settle();
            // By its handle: Process.destroy would close the output that is still to be read.
            served.process().toHandle().destroy();
            served.awaitLine("drain on");
            peer.text(call.media(2)).settle();
            assertThat(served.process().isAlive()).isTrue();
            peer.text(call.stop());
            assertThat(peer.awaitClose()).isEqualTo(1000);
        }
        assertThat(served.awaitExit()).as("%s", served.lines()).isZero();
        assertThat(served.lines().getLast()).contains("stopped: ");
    }

    @Test
    void shouldEndWith78AndASentenceWhenAPortIsTaken() throws Exception {
        try (RunningGateway first = RunningGateway.with()) {
            Served http = serve(Map.of("PORT", String.valueOf(first.httpPort())));
            Served grpc = serve(Map.of(
                    "STEADYLINE_GRPC_PORT", String.valueOf(first.gateway().grpcPort())));
            assertThat(http.awaitExit()).as("%s", http.lines()).isEqualTo(78);
            assertThat(grpc.awaitExit()).as("%s", grpc.lines()).isEqualTo(78);
            assertThat(http.lines())
                    .anyMatch(line ->
                            line.contains("cannot start: http port: cannot listen on 127.0.0.1:" + first.httpPort()))
                    .noneMatch(line -> line.contains("APP_START"));
            assertThat(grpc.lines()).anyMatch(line -> line.contains("cannot start: admin port"));
        }
    }

    @Test
    void shouldEndWith78AndEveryErrorWhenTheConfigurationIsWrong() throws Exception {
        Served served = serve(Map.of("PORT", "99999", "STEADYLINE_LIMITS_LINGER", "soon", "STEADYLINE_AGENT", "bot"));
        assertThat(served.awaitExit()).isEqualTo(78);
        String output = String.join("\n", served.lines());
        assertThat(output).contains("3 errors", "99999", "soon", "bot").doesNotContain("APP_START", "Exception");
    }
}
