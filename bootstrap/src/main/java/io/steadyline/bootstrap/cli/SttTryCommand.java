package io.steadyline.bootstrap.cli;

import io.steadyline.bootstrap.audio.GreetingLoader;
import io.steadyline.bootstrap.config.LoadOutcome;
import io.steadyline.bootstrap.config.Settings;
import io.steadyline.bootstrap.config.VendorSetup;
import io.steadyline.bootstrap.speech.EventText;
import io.steadyline.bootstrap.speech.Recognisers;
import io.steadyline.bootstrap.speech.Trial;
import io.steadyline.bootstrap.speech.TrialReport;
import io.steadyline.media.AudioClip;
import io.steadyline.port.SttProvider;
import io.steadyline.stt.builtin.NoRecogniser;
import io.steadyline.stt.choice.Candidate;
import io.steadyline.stt.choice.SttChoice;
import io.steadyline.stt.runtime.VendorWatch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One recording through one vendor. */
@Command(
        name = "try",
        description = {
            "Sends a recording to a vendor in real time, as a call does, and prints what it hears and how fast.",
            "Exit code 0: heard to the end, with words. The vendor charges for it."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SttTryCommand implements Callable<Integer> {

    private static final int MAX_WAIT_S = 120;

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Option(
            names = "--vendor",
            paramLabel = "NAME",
            description = "Name of a vendor, or builtin; default: the first of stt.vendors.")
    private @Nullable String vendor;

    @Option(
            names = "--audio",
            paramLabel = "FILE",
            required = true,
            description = "What is heard (WAV, or raw 8 kHz µ-law named .ulaw).")
    @SuppressWarnings("NullAway.Init") // injected
    private Path audio;

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description = "An option of the vendor, for this trial; repeatable.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long the last words are waited for, 1 to 120 (default: ${DEFAULT-VALUE}).")
    private int waitS;

    @Mixin
    @SuppressWarnings("NullAway.Init") // injected
    private SettingsOptions settings;

    @Override
    public Integer call() throws InterruptedException {
        if (waitS < 1 || waitS > MAX_WAIT_S) {
            throw new UsageFailure("--wait: " + waitS + " (expected: 1 to " + MAX_WAIT_S + ")");
        }
        return switch (settings.load()) {
            case LoadOutcome.Refused refused -> {
                spec.commandLine().getErr().println(refused.message());
                yield ExitCode.REFUSED;
            }
            case LoadOutcome.Loaded loaded -> run(loaded.settings());
        };
    }

    private int run(Settings loaded) throws InterruptedException {
        AudioClip clip = clip();
        Candidate candidate = candidate(loaded.stt());
        PrintWriter out = spec.commandLine().getOut();
        out.println("Sends " + clip.durationMs() + " ms of audio to " + candidate.name() + " in real time …");
        out.flush();
        try (SttProvider recogniser = recogniser(loaded, candidate);
                SttProvider ears = Recognisers.builtin(loaded)) {
            TrialReport report = new Trial(recogniser, ears, clip, heard -> {
                        out.println(EventText.of(heard));
                        out.flush();
                    })
                    .run(Duration.ofSeconds(waitS));
            out.println();
            out.print(EventText.summary(report));
            out.flush();
            return report.isGood() ? ExitCode.OK : ExitCode.NO_GO;
        }
    }

    private static SttProvider recogniser(Settings loaded, Candidate candidate) {
        SttChoice always = SttChoice.of(candidate);
        return candidate instanceof Candidate.BuiltIn
                ? Recognisers.builtin(loaded)
                : Recognisers.vendors(loaded, call -> always, VendorWatch.NOBODY);
    }

    private Candidate candidate(Settings.Stt stt) {
        String name = vendor == null ? stt.vendors().getFirst() : vendor;
        if (name.equals(NoRecogniser.NAME)) {
            throw new UsageFailure("vendor: " + name + ", which hears nothing (expected: another one, by --vendor)");
        }
        if (name.equals(Candidate.BuiltIn.NAME)) {
            if (!options.isEmpty()) {
                throw new UsageFailure("--option: " + options.keySet() + " (expected: none, for " + name + ")");
            }
            return new Candidate.BuiltIn();
        }
        VendorSetup setup = SttListCommand.known(stt, name).with(options);
        List<String> problems = setup.problems();
        if (!problems.isEmpty()) {
            throw new UsageFailure(name + ": " + String.join("; ", problems));
        }
        return setup.service();
    }

    private AudioClip clip() {
        try {
            return GreetingLoader.load(Optional.of(audio));
        } catch (IOException unreadable) {
            String why = String.valueOf(unreadable.getMessage()).replaceFirst("^greeting: ", "");
            throw new CommandFailure("--audio: " + why, unreadable);
        }
    }
}
