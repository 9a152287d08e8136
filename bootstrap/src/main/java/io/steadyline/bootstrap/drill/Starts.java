package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Starts that must not serve, and starts that must serve all the same. */
final class Starts {

    private static final int REFUSED = 78;
    private static final int SIGTERM = 15;

    private Starts() {}

    static DrillResult secondWorker(DrillContext context) throws Exception {
        DrillGateway first = context.start(false, Map.of()).awaitReady();
        int before = first.lines().size();
        String refusal = refused(context, Map.of("PORT", "0", "STEADYLINE_GRPC_PORT", "0"), "is in use by pid");
        require(first.isAlive(), "the first worker ended");
        long noticed = first.lines().stream()
                .skip(before)
                .filter(line -> line.contains("WARN") || line.contains("ERROR"))
                .filter(line -> !line.contains("stood still"))
                .count();
        require(noticed == 0, "the first worker logged " + noticed + " warnings (expected: it notices nothing)");
        return new DrillResult(refusal, "nothing");
    }

    static DrillResult portTaken(DrillContext context) throws Exception {
        try (ServerSocket stranger =
                new ServerSocket(context.setUp().httpPort(), 1, InetAddress.getLoopbackAddress())) {
            require(stranger.isBound(), "no port to take");
            return new DrillResult(refused(context, Map.of(), "is held by pid"), "nothing");
        }
    }

    static DrillResult workerCount(DrillContext context) throws Exception {
        return new DrillResult(refused(context, Map.of("WEB_CONCURRENCY", "4"), "WEB_CONCURRENCY: 4"), "nothing");
    }

    /** A script by the name of a reloader runs the launcher. */
    static DrillResult reloader(DrillContext context) throws Exception {
        Path nodemon =
                Files.writeString(context.setUp().directory().resolve("nodemon"), "#!/bin/bash\n\"$@\"\nexit $?\n");
        Files.setPosixFilePermissions(nodemon, PosixFilePermissions.fromString("rwx------"));
        List<String> under = List.of(nodemon.toString());
        String refusal = refused(
                () -> context.start(false, Map.of("STEADYLINE_ENVIRONMENT", "production"), under),
                "nodemon is among the parents");
        DrillGateway warned = context.start(false, Map.of(), under).awaitReady();
        String warning = warned.awaitLine("nodemon is among the parents", 0);
        require(warning.contains("WARN"), "not a warning: " + warning);
        warned.signal(warned.childPid(), SIGTERM);
        return new DrillResult("production: " + refusal + "; development: the same sentence as a warning", "nothing");
    }

    private interface Start {
        DrillGateway start() throws IOException;
    }

    private static String refused(DrillContext context, Map<String, String> environment, String sentence)
            throws Exception {
        return refused(() -> context.start(false, environment), sentence);
    }

    private static String refused(Start start, String sentence) throws Exception {
        long startNs = System.nanoTime();
        DrillGateway second = start.start();
        int exit = second.awaitExit(DrillGateway.PATIENCE);
        double tookMs = (System.nanoTime() - startNs) / 1e6;
        require(exit == REFUSED, "exit " + exit + " (expected: 78): " + second.lines());
        String line = second.lines().stream()
                .filter(text -> text.contains(sentence))
                .findFirst()
                .orElseThrow(() -> new DrillFailure("no line with '" + sentence + "' in " + second.lines()));
        return String.format(Locale.ROOT, "exit 78 after %.0f ms: %s", tookMs, shortened(line));
    }

    /** Without what the log puts before it, and without a process's whole command line and family. */
    private static String shortened(String line) {
        return line.substring(line.startsWith("20") ? line.indexOf("): ") + 3 : 0)
                .replaceAll("\\([^()]{60,}\\)", "(…)");
    }

    static DrillResult lockDeleted(DrillContext context) throws Exception {
        DrillGateway first = context.start(false, Map.of()).awaitReady();
        Path lock = context.setUp().dataDir().resolve("worker.lock");
        context.say("the lock file was read: " + Files.readAllBytes(lock).length + " bytes");
        refused(context, Map.of("PORT", "0", "STEADYLINE_GRPC_PORT", "0"), "is in use by pid");
        Files.delete(lock);
        first.await(
                "the lock file again",
                Duration.ofSeconds(5),
                () -> Files.exists(lock) ? java.util.Optional.of(true) : java.util.Optional.empty());
        refused(context, Map.of("PORT", "0", "STEADYLINE_GRPC_PORT", "0"), "is in use by pid");
        return new DrillResult(
                "the worker locks a new file within a second; a second worker is refused all the same", "nothing");
    }

    static DrillResult damagedRecords(DrillContext context) throws Exception {
        DrillGateway first = context.start(false, Map.of()).awaitReady();
        first.signal(first.pid(), 9);
        first.awaitExit(Duration.ofSeconds(5));
        Random random = new Random();
        int damaged = 0;
        try (Stream<Path> files = Files.walk(context.setUp().dataDir())) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(path -> path.toString().contains("journal")
                            || path.toString().contains("boots"))
                    .toList()) {
                byte[] content = Files.readAllBytes(file);
                for (int flip = 0; flip < 8 && content.length > 0; flip++) {
                    content[random.nextInt(Math.min(content.length, 4096))] ^= (byte) (1 << random.nextInt(8));
                }
                Files.write(file, content);
                damaged++;
            }
        }
        DrillGateway second = context.start(false, Map.of()).awaitReady();
        List<String> told = second.lines().stream()
                .filter(line ->
                        line.contains("call journal:") || line.contains("boot records") || line.contains("damage"))
                .toList();
        return new DrillResult(
                damaged + " files damaged: the next boot serves, and tells of damage in " + told.size() + " lines",
                "what was recorded in them");
    }
}
