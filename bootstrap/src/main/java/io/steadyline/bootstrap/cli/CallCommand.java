package io.steadyline.bootstrap.cli;

import io.steadyline.bootstrap.logging.Logs;
import io.steadyline.simulator.CallPlan;
import io.steadyline.simulator.CallReport;
import io.steadyline.simulator.Simulator;
import io.steadyline.simulator.Speech;
import io.steadyline.simulator.Summary;
import io.steadyline.simulator.audio.Audio;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Places calls as the provider does. */
@Command(
        name = "call",
        description = "Places one call or many, as the provider does, and reports what came back.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CallCommand implements Callable<Integer> {

    private static final int MAX_CALLS = 5_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Parameters(
            paramLabel = "URL",
            arity = "0..1",
            defaultValue = "ws://127.0.0.1:${env:PORT:-5000}/twilio/media",
            description = "Media socket (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // injected
    private String url;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "Length of each call, 1 to 3600 (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--calls",
            defaultValue = "1",
            description = "Calls at the same time, 1 to 5000 (default: ${DEFAULT-VALUE}).")
    private int calls;

    @Option(
            names = "--ramp",
            paramLabel = "PER_SECOND",
            defaultValue = "50",
            description = "New calls a second (default: ${DEFAULT-VALUE}).")
    private int ramp;

    @Option(
            names = "--echo",
            description =
                    "Number the frames and match what an echoing agent sends back. Those behind the last one that came"
                            + " back are the tail: under way when the call ended, or lost.")
    private boolean echo;

    @Option(names = "--speech", paramLabel = "FILE", description = "What the caller says (WAV, or raw 8 kHz µ-law).")
    private @Nullable Path speech;

    @Option(names = "--record", paramLabel = "FILE", description = "Write what the caller heard to this WAV file.")
    private @Nullable Path record;

    @Option(
            names = "--dtmf",
            paramLabel = "KEYS",
            defaultValue = "",
            description = "Keys to press, one a second from second 1 on.")
    @SuppressWarnings("NullAway.Init") // injected
    private String dtmf;

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "Custom parameter of the stream; repeatable.")
    private Map<String, String> parameters = Map.of();

    @Override
    public Integer call() throws InterruptedException {
        Logs.startForClient();
        require("--seconds", seconds, 1, 3600);
        require("--calls", calls, 1, MAX_CALLS);
        require("--ramp", ramp, 1, 1000);
        PrintWriter out = spec.commandLine().getOut();
        URI media = CheckCommand.mediaUri(url);
        List<CallPlan> plans = new ArrayList<>();
        Speech voice = voice();
        for (int i = 0; i < calls; i++) {
            plans.add(plan(media, voice));
        }
        List<CallReport> reports = place(plans, out);
        out.print(reports.size() == 1 ? Summary.of(reports.getFirst()) : Summary.of(reports));
        write(reports.getFirst());
        boolean allGood = reports.stream().allMatch(report -> report.wasCompleted() && report.malformedCount() == 0);
        long silent = reports.stream()
                .filter(report -> echo && report.wasCompleted() && !cameBack(report))
                .count();
        out.println(allGood ? "All calls were completed." : "Not all calls were completed as planned.");
        if (silent > 0) {
            out.println("Calls of which no frame came back: " + silent
                    + "; --echo expects an agent that echoes (agent.kind: echo, or your bot).");
        }
        out.flush();
        return allGood && silent == 0 ? ExitCode.OK : ExitCode.NO_GO;
    }

    private static boolean cameBack(CallReport report) {
        return report.echo() != null && report.echo().returned() > 0;
    }

    private List<CallReport> place(List<CallPlan> plans, PrintWriter out) throws InterruptedException {
        try (Simulator simulator = Simulator.start(progress -> {
            out.printf(
                    Locale.ROOT,
                    "%4d s: %d calls up, %d over (%d not as planned); frames sent %d, received %d; sent at most %.1f ms"
                            + " late%n",
                    progress.second(),
                    progress.active(),
                    progress.finished(),
                    progress.failed(),
                    progress.framesSent(),
                    progress.framesReceived(),
                    progress.worstLatenessMs());
            out.flush();
        })) {
            List<CompletableFuture<CallReport>> placed =
                    simulator.placeAll(plans, Duration.ofNanos(1_000_000_000L / ramp));
            CompletableFuture.allOf(placed.toArray(CompletableFuture[]::new)).join();
            return placed.stream().map(CompletableFuture::join).toList();
        }
    }

    private CallPlan plan(URI media, Speech voice) {
        CallPlan.Builder plan = CallPlan.to(media)
                .duration(Duration.ofSeconds(seconds))
                .speech(voice)
                .echoProbe(echo)
                .keepAnswer(record != null);
        parameters.forEach(plan::parameter);
        for (int i = 0; i < dtmf.length(); i++) {
            try {
                plan.digit(dtmf.charAt(i), Duration.ofSeconds(i + 1L));
            } catch (IllegalArgumentException unknown) {
                throw new UsageFailure("--dtmf: " + unknown.getMessage(), unknown);
            }
        }
        return plan.build();
    }

    private Speech voice() {
        if (speech == null) {
            return Speech.voice();
        }
        try {
            return Speech.looped(Audio.read(speech));
        } catch (IOException unreadable) {
            throw new CommandFailure("--speech: " + unreadable.getMessage(), unreadable);
        }
    }

    private void write(CallReport report) {
        if (record == null) {
            return;
        }
        try {
            report.answer().writeWav(record);
        } catch (IOException unwritable) {
            throw new CommandFailure("--record: " + unwritable.getMessage(), unwritable);
        }
    }

    private static void require(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new UsageFailure(name + ": " + value + " (expected: " + min + " to " + max + ")");
        }
    }
}
