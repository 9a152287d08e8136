package io.steadyline.bootstrap.drill;

import io.steadyline.admin.v1.Boot;
import io.steadyline.admin.v1.GetBootResponse;
import io.steadyline.admin.v1.ListBootsRequest;
import io.steadyline.grpc.client.AdminClient;
import io.steadyline.grpc.client.AdminTarget;
import io.steadyline.posix.PosixException;
import io.steadyline.posix.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The launcher as a process of its own, with its lines, its signals and its admin API. */
final class DrillGateway implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MOST_WARNINGS = 12;
    private static final long POLL_NS = 5_000_000;

    private final DrillSetUp setUp;
    private final boolean keepCalls;
    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    private DrillGateway(DrillSetUp setUp, boolean keepCalls, Process process) {
        this.setUp = setUp;
        this.keepCalls = keepCalls;
        this.process = process;
        this.reader = Thread.ofVirtual().start(this::readLines);
    }

    /**
     * What the runs of one drill have in common.
     *
     * @param launcher {@code ./steadyline}
     * @param directory of this drill alone
     */
    record DrillSetUp(Path launcher, Path directory, int httpPort, int grpcPort) {

        static DrillSetUp in(Path launcher, Path directory) throws IOException {
            return new DrillSetUp(launcher, directory, freePort(), freePort());
        }

        Path dataDir() {
            return directory.resolve("data");
        }

        URI media() {
            return URI.create("ws://127.0.0.1:" + httpPort + "/twilio/media");
        }

        String web() {
            return "http://127.0.0.1:" + httpPort;
        }

        static int freePort() throws IOException {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            }
        }
    }

    /** Starts it; it may be refused, so that it serves is asked for by {@link #awaitReady}. */
    static DrillGateway start(DrillSetUp setUp, boolean keepCalls, Map<String, String> environment) throws IOException {
        return start(setUp, keepCalls, environment, List.of());
    }

    /** @param wrapper a command that becomes the launcher, whose command line follows; empty: none */
    static DrillGateway start(
            DrillSetUp setUp, boolean keepCalls, Map<String, String> environment, List<String> wrapper)
            throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(List.of(setUp.launcher().toString(), "serve"));
        if (keepCalls) {
            command.add("--keep-calls");
        }
        return new DrillGateway(setUp, keepCalls, start(setUp, command, environment));
    }

    private static Process start(DrillSetUp setUp, List<String> command, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(setUp.directory().toFile()).redirectErrorStream(true);
        Map<String, String> env = builder.environment();
        env.keySet().removeIf(name -> name.startsWith("STEADYLINE_") || name.startsWith("TWILIO_"));
        Map<String, String> all = new HashMap<>(Map.of(
                "PORT", String.valueOf(setUp.httpPort()),
                "STEADYLINE_GRPC_PORT", String.valueOf(setUp.grpcPort()),
                "STEADYLINE_HTTP_BIND_ADDRESS", "127.0.0.1",
                "STEADYLINE_DATA_DIR", setUp.dataDir().toString(),
                "STEADYLINE_NO_BUILD", "1",
                "STEADYLINE_AGENT", "echo",
                "STEADYLINE_BARGE_IN_POLICY", "off",
                "STEADYLINE_LOG_LEVEL", "info"));
        // The peers of a drill share the machine with the gateway: what it carries is not what is looked at.
        all.put("STEADYLINE_LIMITS_LOOP_LATENESS", "0");
        all.put("STEADYLINE_LIMITS_LOOP_BUSY", "100");
        all.putAll(environment);
        env.putAll(all);
        return builder.start();
    }

    private void readLines() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
            }
        } catch (IOException | UncheckedIOException ended) {
            synchronized (lines) {
                lines.add("output ended: " + ended.getMessage());
            }
        }
    }

    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** Lines with this part. */
    List<String> lines(String part) {
        return lines().stream().filter(line -> line.contains(part)).toList();
    }

    /** The first line with this part, from the given number on. */
    String awaitLine(String part, int from) throws DrillFailure {
        return await(
                "a line with '" + part + "'",
                PATIENCE,
                () -> lines().stream()
                        .skip(from)
                        .filter(line -> line.contains(part))
                        .findFirst());
    }

    DrillGateway awaitReady() throws DrillFailure {
        awaitLine("ready ", 0);
        return this;
    }

    /** A question that is asked again and again until it has an answer. */
    @FunctionalInterface
    interface Question<T> {
        Optional<T> ask() throws DrillFailure;
    }

    <T> T await(String what, Duration limit, Question<T> question) throws DrillFailure {
        long deadlineNs = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() - deadlineNs < 0) {
            Optional<T> answer = question.ask();
            if (answer.isPresent()) {
                return answer.get();
            }
            LockSupport.parkNanos(POLL_NS);
        }
        List<String> seen = lines();
        throw new DrillFailure(what + ": not within " + limit.toSeconds() + " s; last lines: "
                + seen.subList(Math.max(0, seen.size() - 5), seen.size()));
    }

    /** Of the process that was started: the keeper's, or the worker's without one. */
    long pid() {
        return process.pid();
    }

    /** The first warnings and errors from a line on, for the sentence about a failure. */
    String warnings(int from) {
        return lines().stream()
                .skip(from)
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .limit(MOST_WARNINGS)
                .map(line -> "; " + line)
                .collect(Collectors.joining());
    }

    /** Of the process that serves, by its own word: the keeper has a second child that waits. */
    long workerPid() throws DrillFailure {
        return keepCalls ? admin(client -> client.serverInfo().getPid()) : process.pid();
    }

    /** Of the first process that this one has started. */
    long childPid() throws DrillFailure {
        return await(
                "a child of " + process.pid(),
                PATIENCE,
                () -> process.children()
                        .filter(ProcessHandle::isAlive)
                        .map(ProcessHandle::pid)
                        .findFirst());
    }

    /** A signal to a process of this drill. */
    void signal(long pid, int number) throws DrillFailure {
        try {
            Processes.kill((int) pid, number);
        } catch (PosixException gone) {
            throw new DrillFailure("signal " + number + " to " + pid + ": " + gone.getMessage());
        }
    }

    int awaitExit(Duration limit) throws DrillFailure {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new DrillFailure("still running after " + limit.toMillis() + " ms (expected: ended)");
            }
            reader.join();
            return process.exitValue();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new DrillFailure("interrupted");
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    <T> T admin(Function<AdminClient, T> question) {
        try (AdminClient client = AdminClient.of(AdminTarget.plaintext("127.0.0.1", setUp.grpcPort()))) {
            return question.apply(client);
        }
    }

    /** Ended boots, newest first, in full. */
    List<Boot> endedBoots() {
        return admin(
                client -> client.boots(ListBootsRequest.getDefaultInstance()).getBootsList());
    }

    GetBootResponse boot(String id) {
        return admin(client -> client.boot(id));
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.children().toList();
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
