package io.steadyline.stt.deepgram;

import static io.steadyline.stt.vendor.VendorOption.address;
import static io.steadyline.stt.vendor.VendorOption.decimal;
import static io.steadyline.stt.vendor.VendorOption.many;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Deepgram's {@code /v2/listen}: Flux, which finds the turns of a conversation itself. */
public final class FluxVendor implements Vendor {

    /** Strongly advised. */
    private static final Duration CHUNK = Duration.ofMillis(80);

    private static final double CATCH_UP_SPEED = 1.25;

    /** There is no KeepAlive, and a turn never ends while no audio comes. */
    private static final Duration SILENCE_AFTER = Duration.ofMillis(500);

    private static final double NEVER = 1.0;

    private static final List<VendorOption> OPTIONS = List.of(
            address(
                    "url",
                    "wss://api.deepgram.com/v2/listen",
                    "Address; also api.eu, api.au and api.in.deepgram.com, or a server of your own.",
                    "wss",
                    "ws"),
            secret("key", "API key or temporary token, sent as Authorization."),
            oneOf("auth-scheme", "Token", "Token for a key, Bearer for a temporary token.", "Token", "Bearer"),
            text("model", "flux-general-en", "model: flux-general-en or flux-general-multi.")
                    .perCallToo(),
            many(
                            "language-hint",
                            "",
                            "language_hint, repeated, for a model that ends with multi; not set: the call's language.")
                    .perCallToo(),
            decimal(
                            "eot-threshold",
                            0.5,
                            NEVER,
                            "0.7",
                            "eot_threshold: how sure it is of the end of a turn, 0.5 to 1; 1: no turn ends by itself.")
                    .perCallToo(),
            decimal(
                    "eager-eot-threshold",
                    0.3,
                    0.9,
                    "",
                    "eager_eot_threshold, 0.3 to 0.9, at most eot-threshold; not set: no early text of a turn."),
            whole(
                            "eot-timeout-ms",
                            500,
                            60_000,
                            "5000",
                            "eot_timeout_ms: silence that ends a turn however unsure it is, 500 to 60000.")
                    .perCallToo(),
            optionalFlag("numerals", "numerals: digits instead of number words."),
            optionalFlag("profanity-filter", "profanity_filter: hides swear words."),
            many("redact", "", "redact, repeated: numbers or aggressive_numbers."),
            many("tag", "", "tag, repeated: labels in Deepgram's usage report."),
            optionalFlag("mip-opt-out", "mip_opt_out: audio is not used to improve models."));

    private static final List<String> SENT = List.of(
            "model",
            "eot-threshold",
            "eager-eot-threshold",
            "eot-timeout-ms",
            "numerals",
            "profanity-filter",
            "mip-opt-out");
    private static final List<String> REPEATED = List.of("redact", "tag");

    @Override
    public String name() {
        return "deepgram-flux";
    }

    @Override
    public List<VendorOption> options() {
        return OPTIONS;
    }

    /** Times of words are optional in its messages, so they are not promised. */
    @Override
    public Traits traits(Options options) {
        Traits traits = Traits.of(VendorAudio.MULAW_8K, VendorAudio.ALAW_8K, VendorAudio.L16_8K, VendorAudio.L16_16K)
                .withChunk(CHUNK)
                .withCatchUpSpeed(CATCH_UP_SPEED)
                .withIdle(new Traits.Idle.Silence(SILENCE_AFTER))
                .withSpeechEvents()
                .withFlush();
        return options.decimal("eot-threshold") < NEVER ? traits.withEndpointing() : traits;
    }

    @Override
    public List<String> problems(Options options) {
        List<String> problems = new ArrayList<>(DeepgramFailures.keyProblems(options));
        if (options.has("eager-eot-threshold")
                && options.decimal("eager-eot-threshold") > options.decimal("eot-threshold")) {
            problems.add("eager-eot-threshold: " + options.text("eager-eot-threshold")
                    + " (expected: at most eot-threshold, " + options.text("eot-threshold") + ")");
        }
        if (options.has("language-hint") && !isMultilingual(options)) {
            problems.add("language-hint: " + options.text("language-hint") + " (expected: not set with model "
                    + options.text("model") + ")");
        }
        return problems;
    }

    @Override
    public Route route(Opening opening) {
        Options options = opening.options();
        Query query = new Query()
                .add("encoding", DeepgramAudio.encoding(opening.audio()))
                .add("sample_rate", String.valueOf(opening.audio().sampleRateHz()))
                .addSet(options, SENT)
                .addEachSet(options, REPEATED)
                .addEach("keyterm", opening.hints());
        if (isMultilingual(options)) {
            List<String> hints = options.many("language-hint");
            String ofCall = Locale.forLanguageTag(opening.language()).getLanguage();
            query.addEach("language_hint", hints.isEmpty() ? List.of(ofCall) : hints);
        }
        return new Route.WebSocket(query.on(options.address("url")), DeepgramFailures.authorization(options));
    }

    @Override
    public Dialect dialect(Opening opening) {
        return new FluxDialect(opening.audio());
    }

    private static boolean isMultilingual(Options options) {
        return options.text("model").endsWith("multi");
    }
}
