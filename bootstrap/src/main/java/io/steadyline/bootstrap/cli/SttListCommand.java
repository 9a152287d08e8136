package io.steadyline.bootstrap.cli;

import io.steadyline.bootstrap.config.LoadOutcome;
import io.steadyline.bootstrap.config.Settings;
import io.steadyline.bootstrap.config.VendorPage;
import io.steadyline.bootstrap.config.VendorSetup;
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
                out.print(vendor == null ? VendorPage.list(stt) : VendorPage.options(known(stt, vendor)));
                out.flush();
                yield ExitCode.OK;
            }
        };
    }

    static VendorSetup known(Settings.Stt stt, String name) {
        return stt.find(name)
                .orElseThrow(() -> new UsageFailure("vendor: '" + name + "' (expected: one of "
                        + String.join(
                                ", ",
                                stt.known().stream().map(VendorSetup::name).toList())
                        + ")"));
    }
}
