package io.steadyline.stt.deepgram;

import static io.steadyline.stt.vendor.VendorOption.address;
import static io.steadyline.stt.vendor.VendorOption.flag;
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

/** Deepgram's {@code /v1/listen}. */
public final class DeepgramVendor implements Vendor {

    /** It closes after 10 s without a message and asks for a KeepAlive each 3 to 5 s. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

    /** Buffers of 20 to 250 ms are advised: three frames. */
    private static final Duration CHUNK = Duration.ofMillis(60);

    /** The most that it takes while a client catches up. */
    private static final double CATCH_UP_SPEED = 1.25;

    private static final int MIN_UTTERANCE_END_MS = 1_000;

    private static final List<VendorOption> OPTIONS = List.of(
            address(
                    "url",
                    "wss://api.deepgram.com/v1/listen",
                    "Address; also api.eu, api.au and api.in.deepgram.com, or a server of your own.",
                    "wss",
                    "ws"),
            secret("key", "API key or temporary token, sent as Authorization."),
            oneOf("auth-scheme", "Token", "Token for a key, Bearer for a temporary token.", "Token", "Bearer"),
            text("model", "nova-3", "model, such as nova-3 or nova-2-phonecall.")
                    .perCallToo(),
            text("version", "", "version of the model; not set: latest."),
            flag("interim-results", true, "interim_results: text before it is final."),
            flag("vad-events", true, "vad_events: tells where speech starts."),
            whole(
                            "endpointing",
                            0,
                            5_000,
                            "300",
                            "endpointing: silence in ms that ends an utterance (speech_final); 0: false, none does.")
                    .perCallToo(),
            whole(
                            "utterance-end-ms",
                            0,
                            5_000,
                            "1000",
                            "utterance_end_ms: gap between words that ends an utterance, 1000 or more and only with"
                                    + " interim-results; 0: not sent.")
                    .perCallToo(),
            flag("smart-format", true, "smart_format: numbers, dates and currency as one writes them."),
            optionalFlag("punctuate", "punctuate: punctuation and capitals."),
            optionalFlag("numerals", "numerals: digits instead of number words."),
            optionalFlag("dictation", "dictation: spoken punctuation as signs."),
            optionalFlag("profanity-filter", "profanity_filter: hides swear words."),
            optionalFlag("detect-entities", "detect_entities."),
            oneOf("diarize-model", "", "diarize_model: tells speakers apart.", "latest", "v1"),
            many("redact", "", "redact, repeated: pci, numbers, aggressive_numbers, ssn or true."),
            many("replace", "", "replace, repeated: find:replacement."),
            many("search", "", "search, repeated: terms to look for."),
            many("extra", "", "extra, repeated: name:value, returned as it is."),
            many("tag", "", "tag, repeated: labels in Deepgram's usage report."),
            oneOf(
                    "hints-as",
                    "",
                    "Where hints go: keyterm (nova-3) or keywords (older models); not set: by the model.",
                    "keyterm",
                    "keywords"),
            optionalFlag("mip-opt-out", "mip_opt_out: audio is not used to improve models."));

    private static final List<String> SENT = List.of(
            "model",
            "version",
            "interim-results",
            "vad-events",
            "smart-format",
            "punctuate",
            "numerals",
            "dictation",
            "profanity-filter",
            "detect-entities",
            "diarize-model",
            "mip-opt-out");
    private static final List<String> REPEATED = List.of("redact", "replace", "search", "extra", "tag");

    @Override
    public String name() {
        return "deepgram";
    }

    @Override
    public List<VendorOption> options() {
        return OPTIONS;
    }

    @Override
    public Traits traits(Options options) {
        Traits traits = Traits.of(VendorAudio.MULAW_8K, VendorAudio.ALAW_8K, VendorAudio.L16_8K, VendorAudio.L16_16K)
                .withChunk(CHUNK)
                .withCatchUpSpeed(CATCH_UP_SPEED)
                .withIdle(new Traits.Idle.Message(KEEP_ALIVE))
                .withFlush()
                .withWords();
        if (options.flag("vad-events")) {
            traits = traits.withSpeechEvents();
        }
        boolean ends = options.whole("endpointing") > 0 || options.whole("utterance-end-ms") > 0;
        return ends ? traits.withEndpointing() : traits;
    }

    @Override
    public List<String> problems(Options options) {
        List<String> problems = new ArrayList<>(DeepgramFailures.keyProblems(options));
        long utteranceEndMs = options.whole("utterance-end-ms");
        if (utteranceEndMs > 0 && utteranceEndMs < MIN_UTTERANCE_END_MS) {
            problems.add("utterance-end-ms: " + utteranceEndMs + " (expected: 0, or 1000 to 5000)");
        }
        if (utteranceEndMs > 0 && !options.flag("interim-results")) {
            problems.add("utterance-end-ms: " + utteranceEndMs + " (expected: 0 when interim-results is false)");
        }
        return problems;
    }

    @Override
    public Route route(Opening opening) {
        Options options = opening.options();
        Query query = new Query()
                .add("encoding", DeepgramAudio.encoding(opening.audio()))
                .add("sample_rate", String.valueOf(opening.audio().sampleRateHz()))
                .add("channels", "1")
                .add("language", opening.language())
                .add("endpointing", options.whole("endpointing") == 0 ? "false" : options.text("endpointing"))
                .addSet(options, SENT)
                .addEachSet(options, REPEATED)
                .addEach(hintsName(options), opening.hints());
        if (options.whole("utterance-end-ms") > 0) {
            query.add("utterance_end_ms", options.text("utterance-end-ms"));
        }
        return new Route.WebSocket(query.on(options.address("url")), DeepgramFailures.authorization(options));
    }

    @Override
    public Dialect dialect(Opening opening) {
        return new DeepgramDialect(opening.audio());
    }

    private static String hintsName(Options options) {
        String byModel = options.text("model").startsWith("nova-3") ? "keyterm" : "keywords";
        return options.find("hints-as").orElse(byModel);
    }
}
