package io.steadyline.bootstrap.speech;

import io.steadyline.bootstrap.config.Settings;
import io.steadyline.bootstrap.config.VendorSetup;
import io.steadyline.port.SttProvider;
import io.steadyline.stt.builtin.BuiltinRecogniser;
import io.steadyline.stt.builtin.BuiltinSettings;
import io.steadyline.stt.choice.Candidate;
import io.steadyline.stt.choice.Chooser;
import io.steadyline.stt.choice.Ignored;
import io.steadyline.stt.choice.WatchedChooser;
import io.steadyline.stt.runtime.RecogniserFactory;
import io.steadyline.turn.EndpointRules;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Makes recognisers from checked settings. */
public final class Recognisers {

    private Recognisers() {}

    /**
     * The recogniser of all calls: the built-in one where no call gets another, else the runtime with it behind.
     *
     * @param ignored told of each wish of a call that was not obeyed
     */
    public static SttProvider of(Settings settings, RecogniserFactory factory, Consumer<Ignored.Reason> ignored) {
        SttProvider builtin = builtin(settings);
        if (settings.stt().isBuiltinOnly()) {
            return builtin;
        }
        return factory.create(settings.stt().runtime(), new WatchedChooser(chooser(settings.stt()), ignored), builtin);
    }

    /** Needs no account and no network. */
    public static BuiltinRecogniser builtin(Settings settings) {
        return new BuiltinRecogniser(new BuiltinSettings(
                endpointing(settings.endpointing()),
                BuiltinSettings.DEFAULT.voice(),
                BuiltinSettings.DEFAULT.dtmf(),
                settings.stt().builtinWords()));
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
