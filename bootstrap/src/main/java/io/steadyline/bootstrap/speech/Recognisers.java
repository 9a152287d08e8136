package io.steadyline.bootstrap.speech;

import io.steadyline.bootstrap.config.Settings;
import io.steadyline.bootstrap.config.VendorSetup;
import io.steadyline.port.SttProvider;
import io.steadyline.port.SttSpec;
import io.steadyline.stt.builtin.BuiltinRecogniser;
import io.steadyline.stt.builtin.BuiltinSettings;
import io.steadyline.stt.builtin.EarsVendor;
import io.steadyline.stt.builtin.NoRecogniser;
import io.steadyline.stt.choice.Candidate;
import io.steadyline.stt.choice.Chooser;
import io.steadyline.stt.choice.Ignored;
import io.steadyline.stt.choice.SttChoice;
import io.steadyline.stt.choice.WatchedChooser;
import io.steadyline.stt.runtime.RouteOpener;
import io.steadyline.stt.runtime.RuntimeSettings;
import io.steadyline.stt.runtime.SttRuntime;
import io.steadyline.stt.runtime.VendorWatch;
import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.turn.EndpointRules;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes recognisers from checked settings. */
public final class Recognisers {

    private static final EarsVendor EARS = new EarsVendor();
    private static final Options EARS_OPTIONS = new Options(CommonOptions.of(EARS), Map.of());

    private Recognisers() {}

    /**
     * The recogniser of all calls: none, the built-in one where no call gets another, or the runtime for vendors.
     *
     * @param ignored told of each wish of a call that was not obeyed
     * @param watch told of connections with vendors
     */
    public static SttProvider of(Settings settings, Consumer<Ignored.Reason> ignored, VendorWatch watch) {
        if (settings.stt().isNone()) {
            return new NoRecogniser();
        }
        if (settings.stt().isBuiltinOnly()) {
            return builtin(settings);
        }
        return vendors(settings, new WatchedChooser(chooser(settings.stt()), ignored), watch);
    }

    /** @param chooser asked once a call, by the media loop */
    public static SttProvider vendors(Settings settings, Function<SttSpec, SttChoice> chooser, VendorWatch watch) {
        RuntimeSettings runtime = settings.stt().runtime().hearingWith(ears(settings));
        return new SttRuntime(
                runtime,
                spec -> chooser.apply(spec).candidates().stream()
                        .map(Recognisers::chosen)
                        .toList(),
                new RouteOpener(runtime),
                InstantSource.system(),
                settings.stt().usable().stream()
                        .map(setup -> setup.service().vendor())
                        .toList(),
                watch);
    }

    /** Needs no account and no network. */
    public static BuiltinRecogniser builtin(Settings settings) {
        return new BuiltinRecogniser(ears(settings));
    }

    private static SttRuntime.Chosen chosen(Candidate candidate) {
        return switch (candidate) {
            case Candidate.BuiltIn() -> new SttRuntime.Chosen(EARS, EARS_OPTIONS);
            case Candidate.Service(Vendor vendor, Options options) -> new SttRuntime.Chosen(vendor, options);
        };
    }

    private static BuiltinSettings ears(Settings settings) {
        return new BuiltinSettings(
                endpointing(settings.endpointing()),
                BuiltinSettings.DEFAULT.voice(),
                BuiltinSettings.DEFAULT.dtmf(),
                settings.stt().builtinWords());
    }

    static Chooser chooser(Settings.Stt stt) {
        Map<String, Candidate.Service> services =
                stt.usable().stream().collect(Collectors.toMap(VendorSetup::name, VendorSetup::service));
        return new Chooser(stt.vendors(), services, stt.rules(), stt.allowPerCall());
    }

    private static EndpointRules endpointing(Settings.Endpointing rules) {
        int startMs = (int) rules.speechStart().toMillis();
        EndpointRules usual = EndpointRules.DEFAULT;
        // The window keeps its ratio to the voiced part: three frames of five by default.
        int windowMs = startMs * usual.startWindowMs() / usual.startVoicedMs();
        return new EndpointRules(
                startMs,
                windowMs,
                (int) rules.hangover().toMillis(),
                (int) rules.endSilence().toMillis(),
                (int) rules.minSpeech().toMillis(),
                (int) rules.maxUtterance().toMillis());
    }
}
