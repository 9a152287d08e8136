package io.steadyline.stt.elevenlabs;

import static io.steadyline.stt.vendor.VendorOption.address;
import static io.steadyline.stt.vendor.VendorOption.decimal;
import static io.steadyline.stt.vendor.VendorOption.flag;
import static io.steadyline.stt.vendor.VendorOption.oneOf;
import static io.steadyline.stt.vendor.VendorOption.optionalFlag;
import static io.steadyline.stt.vendor.VendorOption.secret;
import static io.steadyline.stt.vendor.VendorOption.text;
import static io.steadyline.stt.vendor.VendorOption.whole;

import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Query;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.VendorOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** ElevenLabs' Scribe v2 realtime. */
public final class ElevenLabsVendor implements Vendor {

    /** Pings do not count; working clients send something each 10 s. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

    private static final List<VendorOption> OPTIONS = List.of(
            address("url", "wss://api.elevenlabs.io/v1/speech-to-text/realtime", "Address.", "wss", "ws"),
            secret("key", "API key, sent as xi-api-key."),
            text("model", "scribe_v2_realtime", "model_id."),
            oneOf(
                    "commit-strategy",
                    "manual",
                    "commit_strategy: manual, the gateway's voice activity detection asks for each final, or vad.",
                    "manual",
                    "vad"),
            decimal(
                    "vad-silence-threshold-secs",
                    0.3,
                    3,
                    "",
                    "vad_silence_threshold_secs, 0.3 to 3, only with vad: silence that ends a segment."),
            decimal("vad-threshold", 0.1, 0.9, "", "vad_threshold, 0.1 to 0.9, only with vad: what counts as speech."),
            whole("min-speech-duration-ms", 50, 2_000, "", "min_speech_duration_ms, 50 to 2000, only with vad."),
            whole("min-silence-duration-ms", 50, 2_000, "", "min_silence_duration_ms, 50 to 2000, only with vad."),
            flag("include-timestamps", true, "include_timestamps: words with times."),
            optionalFlag("include-language-detection", "include_language_detection."),
            optionalFlag("no-verbatim", "no_verbatim: without filler words."),
            optionalFlag("filter-background-audio", "filter_background_audio."),
            optionalFlag("enable-logging", "enable_logging: the vendor keeps audio and text."),
            flag("previous-text", true, "previous_text: what was said last goes along to a new connection."),
            whole(
                    "min-commit-ms",
                    0,
                    5_000,
                    "300",
                    "Least audio of a commit, ms: less is answered with commit_throttled."));

    private static final List<String> SENT = List.of(
            "commit-strategy",
            "include-timestamps",
            "include-language-detection",
            "no-verbatim",
            "filter-background-audio",
            "enable-logging");
    private static final List<String> OF_VAD =
            List.of("vad-silence-threshold-secs", "vad-threshold", "min-speech-duration-ms", "min-silence-duration-ms");

    @Override
    public String name() {
        return "elevenlabs";
    }

    @Override
    public List<VendorOption> options() {
        return OPTIONS;
    }

    /** A commit on top of the vendor's own ones is not documented, so it is not offered then. */
    @Override
    public Traits traits(Options options) {
        Traits traits = Traits.of(VendorAudio.MULAW_8K, VendorAudio.L16_8K, VendorAudio.L16_16K)
                .withIdle(new Traits.Idle.Message(KEEP_ALIVE));
        traits = options.flag("include-timestamps") ? traits.withWords() : traits;
        return usesVad(options) ? traits.withEndpointing() : traits.withFlush();
    }

    static boolean usesVad(Options options) {
        return options.text("commit-strategy").equals("vad");
    }

    @Override
    public List<String> problems(Options options) {
        if (!options.has("key")) {
            return List.of("key: missing (expected: an API key of ElevenLabs)");
        }
        return usesVad(options)
                ? List.of()
                : OF_VAD.stream()
                        .filter(options::has)
                        .map(name ->
                                name + ": " + options.text(name) + " (expected: not set unless commit-strategy is vad)")
                        .toList();
    }

    @Override
    public Route route(Opening opening) {
        Options options = opening.options();
        Query query = new Query()
                .add("model_id", options.text("model"))
                .add("audio_format", format(opening.audio()))
                .add("language_code", Locale.forLanguageTag(opening.language()).getLanguage())
                .addSet(options, SENT)
                .addSet(options, OF_VAD)
                .addEach("keyterms", opening.hints());
        return new Route.WebSocket(query.on(options.address("url")), Map.of("xi-api-key", options.text("key")));
    }

    @Override
    public Dialect dialect(Opening opening) {
        return new ElevenLabsDialect(opening);
    }

    private static String format(VendorAudio audio) {
        return switch (audio.encoding()) {
            case MULAW -> "ulaw_" + audio.sampleRateHz();
            case L16 -> "pcm_" + audio.sampleRateHz();
            case ALAW -> throw new IllegalArgumentException("audio: " + audio + " (expected: MULAW or L16)");
        };
    }
}
