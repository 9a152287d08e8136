package io.steadyline.benchmarks.paced;

import io.steadyline.simulator.ws.Handshake;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One contender as a process on its core, with a directory of its own; gone with it when it is closed. */
public final class RunningServer implements AutoCloseable {

    private static final long START_LIMIT_NS = 60_000_000_000L;
    private static final long RETRY_NS = 2_000_000;
    private static final int STOP_LIMIT_S = 10;
    private static final int PATIENCE_MS = 10_000;
    private static final String OUTPUT = "output.log";
    /** As the product's log names it. */
    private static final Pattern RECORDER = Pattern.compile("recorder in (/dev/shm/\\S+\\.slots):");

    private final Process process;
    private final Path directory;
    private final URI media;
    private final double firstCallMs;

    private RunningServer(Process process, Path directory, URI media, double firstCallMs) {
        this.process = process;
        this.directory = directory;
        this.media = media;
        this.firstCallMs = firstCallMs;
    }

    /** Waits until it takes a call. {@code more}: variables of this start, before its own. */
    static RunningServer start(Contender contender, Place place, int calls, Map<String, String> more)
            throws IOException {
        return start(contender, place, calls, more, List.of());
    }

    /** The same with {@code options} at the end of its command. */
    public static RunningServer start(
            Contender contender, Place place, int calls, Map<String, String> more, List<String> options)
            throws IOException {
        Path directory = Files.createTempDirectory("steadyline-bench");
        contender.prepare(place, directory);
        int port = freePort();
        List<String> command = new ArrayList<>(contender.command(place, port, directory));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(place.onServerCore(command))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(OUTPUT).toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("STEADYLINE_") || name.startsWith("TWILIO_"));
        environment.put("JAVA25_HOME", System.getProperty("java.home"));
        environment.putAll(contender.environment(port, directory, calls));
        environment.putAll(more);
        URI media = URI.create("ws://" + Contender.LOOPBACK + ":" + port + "/twilio/media");
        long startNs = System.nanoTime();
        Process process = builder.start();
        try {
            double firstCallMs = (awaitFirstCall(process, media, directory) - startNs) / 1e6;
            return new RunningServer(process, directory, media, firstCallMs);
        } catch (IOException | RuntimeException failed) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw failed;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static long awaitFirstCall(Process process, URI media, Path directory) throws IOException {
        long beganNs = System.nanoTime();
        while (System.nanoTime() - beganNs < START_LIMIT_NS) {
            if (!process.isAlive()) {
                List<String> lines = Files.readAllLines(directory.resolve(OUTPUT));
                throw new IOException("the server ended with " + process.exitValue() + ": "
                        + String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size())));
            }
            if (takesACall(media)) {
                return System.nanoTime();
            }
            LockSupport.parkNanos(RETRY_NS);
        }
        throw new IOException("no call was taken within " + START_LIMIT_NS / 1_000_000_000 + " s");
    }

    private static boolean takesACall(URI media) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(media.getHost(), media.getPort()), PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            Handshake handshake = new Handshake(media, Map.of());
            socket.getOutputStream().write(handshake.request());
            byte[] answer = new byte[4_096];
            int count = socket.getInputStream().read(answer);
            return count > 0 && handshake.read(ByteBuffer.wrap(answer, 0, count)) instanceof Handshake.Accepted;
        } catch (SocketException notYet) {
            return false;
        }
    }

    /** Of the process that was started: the keeper's when there is one. */
    public long pid() {
        return process.pid();
    }

    public URI media() {
        return media;
    }

    /** From the start of the process until it had taken a call. */
    double firstCallMs() {
        return firstCallMs;
    }

    ProcessView view() {
        return new ProcessView(pid());
    }

    /** What the server has written, both streams. */
    public Path output() {
        return directory.resolve(OUTPUT);
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        // A worker outlives a keeper that was killed.
        children.forEach(ProcessHandle::destroyForcibly);
        try (Stream<Path> files = Files.walk(directory)) {
            deleteRecorder();
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** It lies in memory, outside of the server's directory, and a hundred runs would leave a gigabyte there. */
    private void deleteRecorder() throws IOException {
        Optional<String> named;
        try (Stream<String> lines = Files.lines(output(), StandardCharsets.ISO_8859_1)) {
            named = lines.map(RECORDER::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .findFirst();
        }
        if (named.isPresent()) {
            Files.deleteIfExists(Path.of(named.get()));
        }
    }
}
