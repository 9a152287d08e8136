package io.steadyline.bootstrap.cli;

import io.steadyline.bootstrap.logging.Logs;
import io.steadyline.simulator.TwilioSignature;
import io.steadyline.simulator.load.Core;
import io.steadyline.simulator.load.LoadPlan;
import io.steadyline.simulator.load.LoadReport;
import io.steadyline.simulator.load.LoadTest;
import io.steadyline.simulator.load.LoadText;
import io.steadyline.simulator.load.Strain;
import io.steadyline.simulator.load.Verdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Many calls, measured to the frame. */
@Command(
        name = "load",
        description = {
            "Loads a media server whose agent echoes with many calls, and says how exactly each frame came back.",
            "One thread drives them all: give it a core of its own (taskset), and the server another one. A gateway to"
                    + " load: STEADYLINE_AGENT=echo ./steadyline serve; it takes 1000 calls (limits.max-calls).",
            "Exit code 0 when every frame came back once and in order; 1 otherwise, and when the load tool was too late"
                    + " itself for a statement."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class LoadCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "ws://127.0.0.1:${env:PORT:-5000}/twilio/media",
            description = "Media socket (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init") // injected
    private String url;

    @Option(
            names = "--calls",
            paramLabel = "N",
            defaultValue = "100",
            description = "Calls at the same time, 1 to 5000 (default: ${DEFAULT-VALUE}).")
    private int calls;

    @Option(
            names = "--ramp",
            paramLabel = "R",
            defaultValue = "50",
            description = "Calls dialled a second until all are up, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int ramp;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "20",
            description = "How long is measured, 1 to 86400 (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--settle",
            paramLabel = "S",
            defaultValue = "2",
            description = "Seconds between the last call and the measuring, 0 to 86400 (default: ${DEFAULT-VALUE}).")
    private int settle;

    @Option(
            names = "--burst",
            description = "Every 2 s the audio of all calls stands still for 1.2 s; then its 60 frames come at once.")
    private boolean bursts;

    @Option(names = "--churn", description = "Calls last 3 to 10 s, and each that ends makes room for a new one.")
    private boolean churns;

    @Option(
            names = "--malformed",
            description = "One call in ten also sends a malformed message a second; it is not judged, the others are.")
    private boolean malformed;

    @Option(names = "--speech", description = "The caller speaks, so that a recogniser has work; default: silence.")
    private boolean speech;

    @Option(
            names = "--pid",
            paramLabel = "P",
            description = "Process of the server: its CPU and memory per call are told.")
    private @Nullable Long pid;

    @Option(
            names = "--own-core",
            description =
                    "Nothing else runs on this tool's core (taskset): it does not sleep where the next frame is less"
                            + " than 1 ms away, and sends to some 10 us instead of to 1 ms.")
    private boolean ownsCore;

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes the report to this file.")
    private @Nullable Path json;

    @Option(
            names = "--auth-token-file",
            paramLabel = "FILE",
            description = "Sign the upgrades as the provider does, with the auth token in this file.")
    private @Nullable Path authTokenFile;

    @Option(
            names = "--signed-url",
            paramLabel = "URL",
            description = "Public wss:// URL that the signature is made for; default: the URL that is called.")
    private @Nullable String signedUrl;

    @Option(
            names = "--i-may-load-this-host",
            description =
                    "Needed for a URL that is not on loopback: the load may take the server, and the way to it, out"
                            + " of service.")
    private boolean mayLoadAnyHost;

    @Override
    public Integer call() throws IOException {
        Logs.startForClient();
        PrintWriter out = spec.commandLine().getOut();
        LoadReport report = run(test(), out);
        out.print(LoadText.table(report));
        out.flush();
        if (json != null) {
            Files.writeString(json, LoadText.json(report));
        }
        return report.verdict().kind() == Verdict.Kind.FLAWLESS ? ExitCode.OK : ExitCode.NO_GO;
    }

    private LoadTest test() {
        URI media = CheckCommand.mediaUri(url);
        Map<String, String> headers = headers(media);
        try {
            return new LoadTest(new LoadPlan(
                    media,
                    calls,
                    ramp,
                    Duration.ofSeconds(settle),
                    Duration.ofSeconds(seconds),
                    strains(),
                    headers,
                    pid == null ? OptionalLong.empty() : OptionalLong.of(pid),
                    ownsCore ? Core.OWN : Core.SHARED,
                    mayLoadAnyHost));
        } catch (IllegalArgumentException unusable) {
            throw new UsageFailure("--" + unusable.getMessage(), unusable);
        }
    }

    private static LoadReport run(LoadTest test, PrintWriter out) throws IOException {
        try {
            return test.run(second -> {
                out.println(LoadText.line(second));
                out.flush();
            });
        } catch (NoSuchFileException noProcess) {
            throw new UsageFailure("--" + noProcess.getMessage(), noProcess);
        }
    }

    private Map<String, String> headers(URI media) {
        if (authTokenFile == null) {
            return Map.of();
        }
        try {
            String token = Files.readString(authTokenFile).strip();
            return Map.of(
                    TwilioSignature.HEADER,
                    TwilioSignature.of(token, signedUrl == null ? media.toString() : signedUrl));
        } catch (IOException unreadable) {
            throw new CommandFailure("--auth-token-file: " + unreadable.getMessage(), unreadable);
        }
    }

    private Set<Strain> strains() {
        Set<Strain> strains = EnumSet.noneOf(Strain.class);
        add(strains, bursts, Strain.BURSTS);
        add(strains, churns, Strain.CHURN);
        add(strains, malformed, Strain.MALFORMED);
        add(strains, speech, Strain.SPEECH);
        return strains;
    }

    private static void add(Set<Strain> strains, boolean isWanted, Strain strain) {
        if (isWanted) {
            strains.add(strain);
        }
    }
}
