package io.steadyline.bootstrap.cli;

import io.steadyline.bootstrap.config.LoadOutcome;
import io.steadyline.bootstrap.config.OwnJars;
import io.steadyline.bootstrap.config.Settings;
import io.steadyline.bootstrap.config.VendorPage;
import io.steadyline.bootstrap.config.VendorSetup;
import io.steadyline.stt.builtin.NoRecogniser;
import io.steadyline.stt.choice.Candidate.BuiltIn;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which vendors there are. */
@Command(
        name = "list",
        description = {
            "Lists the vendors: whether each is configured and what it lacks, and what it takes.",
            "With a vendor's name: its options with their defaults and variables."
        },
        mixinStandardHelpOptions = true)
final class SttListCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // injected
    private CommandSpec spec;

    @Parameters(paramLabel = "VENDOR", arity = "0..1", description = "Name of a vendor; default: all.")
    private @Nullable String vendor;

    @Mixin
    @SuppressWarnings("NullAway.Init") // injected
    private SettingsOptions settings;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        return switch (settings.load()) {
            case LoadOutcome.Refused refused -> {
                spec.commandLine().getErr().println(refused.message());
                yield ExitCode.REFUSED;
            }
            case LoadOutcome.Loaded loaded -> {
                Settings.Stt stt = loaded.settings().stt();
                out.print(vendor == null ? VendorPage.list(stt) : text(stt, vendor));
                out.flush();
                yield ExitCode.OK;
            }
        };
    }

    private static String text(Settings.Stt stt, String name) {
        return switch (name) {
            case BuiltIn.NAME ->
                BuiltIn.NAME
                        + " hears speech, silence, keys and tones in this process, needs no account and writes no"
                        + " words.\nIt has no options of its own: the keys endpointing.* and stt.builtin-words are for"
                        + " it (docs/configuration.md, docs/recogniser.md).\n";
            case NoRecogniser.NAME ->
                NoRecogniser.NAME
                        + " hears nothing, not even that the caller speaks: for bots that listen themselves.\nIt stands"
                        + " alone in stt.vendors and has no options.\n";
            default -> VendorPage.options(known(stt, name));
        };
    }

    static VendorSetup known(Settings.Stt stt, String name) {
        return stt.find(name)
                .orElseThrow(() -> new UsageFailure("vendor: '" + name + "' (expected: "
                        + OwnJars.ofVendor(name)
                                .orElseGet(() -> "one of "
                                        + String.join(
                                                ", ",
                                                stt.known().stream()
                                                        .map(VendorSetup::name)
                                                        .toList()))
                        + ")"));
    }
}
