package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.admin.v1.Boot;
import io.steadyline.admin.v1.BootEndCause;
import io.steadyline.bootstrap.fault.Mishap;
import io.steadyline.keeper.Obituary;
import io.steadyline.keeper.ObituaryFile;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** A worker that dies at each start. */
final class CrashLoops {

    private static final int SIGKILL = 9;
    private static final int GAVE_UP = 71;
    /** What the keeper answers with a new worker within its window. */
    private static final int RESTARTS = 5;

    private CrashLoops() {}

    /** The keeper gives up at the sixth end within its window, closes what it held, and leaves an obituary of each. */
    static DrillResult atStart(DrillContext context) throws Exception {
        DrillGateway gateway =
                context.start(true, Map.of(Mishap.VARIABLE, "crash-at-start")).awaitReady();
        try (Simulator simulator = Simulator.start()) {
            List<CallPlan> plans = IntStream.range(0, context.calls())
                    .mapToObj(_ -> CallPlan.to(context.setUp().media())
                            .duration(Duration.ofSeconds(60))
                            .build())
                    .toList();
            List<CompletableFuture<CallReport>> calls = simulator.placeAll(plans, Duration.ofMillis(20));
            KeptCalls.pause(Duration.ofSeconds(2));
            KeptCalls.goWrong(context);
            long killedNs = System.nanoTime();
            gateway.signal(gateway.workerPid(), SIGKILL);
            int exit = gateway.awaitExit(Duration.ofSeconds(30));
            double tookS = (System.nanoTime() - killedNs) / 1e9;
            require(exit == GAVE_UP, "exit " + exit + " (expected: " + GAVE_UP + ")");
            String line = gateway.awaitLine("gives up: ", 0);
            require(line.contains(context.calls() + 1 + " sockets closed"), line);
            long ended = calls.stream()
                    .map(CompletableFuture::join)
                    .filter(report -> !report.wasCompleted())
                    .count();
            require(isRefused(context.setUp().httpPort()), "the port still answers (expected: closed with the keeper)");
            List<Obituary> obituaries = ObituaryFile.readAll(context.setUp().dataDir());
            require(obituaries.size() == RESTARTS + 1, "obituaries: " + obituaries);
            Files.delete(context.setUp().dataDir().resolve(Mishap.FILE));
            return new DrillResult(
                    String.format(Locale.ROOT, "%s; %.1f s after the first end; %s", text(line), tookS, told(context)),
                    ended + " of " + calls.size() + " calls: their sockets are closed when the keeper gives up");
        }
    }

    /** The boot after the repair knows how each of them ended. */
    private static String told(DrillContext context) throws Exception {
        DrillGateway next = context.start(true, Map.of()).awaitReady();
        List<Boot> ended = next.endedBoots();
        List<BootEndCause> causes =
                ended.stream().map(boot -> boot.getEnd().getCause()).toList();
        long halted =
                causes.stream().filter(BootEndCause.BOOT_END_CAUSE_HALT::equals).count();
        require(
                halted == RESTARTS && causes.getLast() == BootEndCause.BOOT_END_CAUSE_SIGKILL,
                "causes, newest first: " + causes + " (expected: " + RESTARTS + " times halt, then SIGKILL)");
        return "the next boot tells of 1 sigkill and " + halted + " times halt";
    }

    private static String text(String line) {
        return line.substring(line.indexOf("gives up"), Math.min(line.length(), line.indexOf("closed") + 6));
    }

    private static boolean isRefused(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (IOException refused) {
            return true;
        }
    }
}
