package io.steadyline.bootstrap.cli;

import io.steadyline.admin.v1.ListBootsRequest;
import io.steadyline.bootstrap.Gateway;
import io.steadyline.bootstrap.config.LoadOutcome;
import io.steadyline.bootstrap.config.Settings;
import io.steadyline.bootstrap.config.SettingsInput;
import io.steadyline.bootstrap.continuity.LiveContinuity;
import io.steadyline.bootstrap.logging.Logs;
import io.steadyline.grpc.client.AdminClient;
import io.steadyline.grpc.client.AdminTarget;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.Simulator;
import io.steadyline.websocket.server.GatewayServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** One short run of everything that a server does at its start, for the ahead-of-time cache. */
@Command(
        name = "train",
        description = "A short run that the launcher makes the ahead-of-time cache from (./steadyline aot).",
        hidden = true,
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {

    private static final int CALLS = 20;
    private static final Duration LENGTH = Duration.ofSeconds(4);

    @Override
    public Integer call() throws Exception {
        Path directory = Files.createTempDirectory("steadyline-train");
        try {
            Map<String, String> environment = Map.of(
                    "PORT", "0",
                    "STEADYLINE_GRPC_PORT", "0",
                    "STEADYLINE_HTTP_BIND_ADDRESS", "127.0.0.1",
                    "STEADYLINE_AGENT", "echo",
                    "STEADYLINE_DATA_DIR", directory.toString(),
                    "STEADYLINE_RECORDS_RECORDER_FILE",
                            directory.resolve("recorder.slots").toString());
            return switch (Settings.load(SettingsInput.of(Optional.empty(), environment))) {
                case LoadOutcome.Refused refused -> throw new CommandFailure(refused.message());
                case LoadOutcome.Loaded loaded -> run(loaded.settings());
            };
        } finally {
            delete(directory);
        }
    }

    private static int run(Settings settings) throws Exception {
        String bootId = Gateway.newBootId();
        Logs.startForServer(bootId, "info");
        // Boots before it: their reports are made and read at each start.
        LiveContinuity.open(settings, Gateway.newBootId(), Map.of()).abandon("a run before");
        LiveContinuity second = LiveContinuity.open(settings, Gateway.newBootId(), Map.of());
        second.investigate(Map.of());
        second.abandon("a run before");
        GatewayServer.preload();
        LiveContinuity continuity = LiveContinuity.open(settings, bootId, Map.of());
        Logs.alsoTo(continuity.recorder()::line);
        Gateway gateway = Gateway.start(settings, bootId, Optional.empty(), continuity);
        URI media = URI.create("ws://127.0.0.1:" + gateway.httpPort() + "/twilio/media");
        try (Simulator simulator = Simulator.start();
                AdminClient admin = AdminClient.of(AdminTarget.plaintext("127.0.0.1", gateway.grpcPort()))) {
            List<CallPlan> plans = IntStream.range(0, CALLS)
                    .mapToObj(_ -> CallPlan.to(media).duration(LENGTH).build())
                    .toList();
            List<CompletableFuture<CallReport>> reports = simulator.placeAll(plans, Duration.ofMillis(20));
            admin.serverInfo();
            admin.boots(ListBootsRequest.getDefaultInstance());
            reports.forEach(CompletableFuture::join);
        }
        gateway.drainAndStop("the run is over");
        continuity.closeClean("the run is over");
        return ExitCode.OK;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
