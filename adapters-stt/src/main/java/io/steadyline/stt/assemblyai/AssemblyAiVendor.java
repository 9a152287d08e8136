package io.steadyline.stt.assemblyai;

import static io.steadyline.stt.vendor.VendorOption.address;
import static io.steadyline.stt.vendor.VendorOption.decimal;
import static io.steadyline.stt.vendor.VendorOption.flag;
import static io.steadyline.stt.vendor.VendorOption.many;
import static io.steadyline.stt.vendor.VendorOption.oneOf;
import static io.steadyline.stt.vendor.VendorOption.optionalFlag;
import static io.steadyline.stt.vendor.VendorOption.secret;
import static io.steadyline.stt.vendor.VendorOption.text;
import static io.steadyline.stt.vendor.VendorOption.whole;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Json;
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
import java.util.Map;

/** AssemblyAI's Universal Streaming v3. */
public final class AssemblyAiVendor implements Vendor {

    /** About 50 ms are advised and less is refused: three frames. */
    private static final Duration CHUNK = Duration.ofMillis(60);

    /** Closed by the server then, and paid for as a whole. */
    private static final Duration MAX_SESSION = Duration.ofHours(3);

    private static final List<VendorOption> OPTIONS = List.of(
            address(
                    "url",
                    "wss://streaming.assemblyai.com/v3/ws",
                    "Address; also streaming.eu.assemblyai.com.",
                    "wss",
                    "ws"),
            secret("key", "API key, sent as Authorization."),
            text(
                            "speech-model",
                            "universal-streaming-english",
                            "speech_model: universal-streaming-english, universal-streaming-multilingual, u3-rt-pro,"
                                    + " universal-3-5-pro or whisper-rt.")
                    .perCallToo(),
            many(
                            "language-codes",
                            "",
                            "language_codes, for models of several languages; not set: the model decides, the option"
                                    + " language is not sent.")
                    .perCallToo(),
            optionalFlag("language-detection", "language_detection: each turn tells its language."),
            flag(
                    "format-turns",
                    false,
                    "format_turns: a turn's text comes once more with punctuation, a little later."),
            decimal(
                    "end-of-turn-confidence-threshold",
                    0,
                    1,
                    "",
                    "end_of_turn_confidence_threshold, 0 to 1: how sure it is of the end of a turn."),
            whole("min-turn-silence", 0, 10_000, "", "min_turn_silence, ms: ends a turn when it is sure.")
                    .perCallToo(),
            whole("max-turn-silence", 0, 60_000, "", "max_turn_silence, ms: ends a turn in any case.")
                    .perCallToo(),
            decimal("vad-threshold", 0, 1, "", "vad_threshold, 0 to 1: what counts as speech."),
            text("prompt", "", "prompt, for models that take one.").perCallToo(),
            optionalFlag("speaker-labels", "speaker_labels: tells speakers apart."),
            whole("max-speakers", 1, 20, "", "max_speakers."),
            oneOf("mode", "", "mode of the newer models.", "max_accuracy", "balanced", "min_latency"),
            optionalFlag("continuous-partials", "continuous_partials."),
            whole("interruption-delay", 0, 10_000, "", "interruption_delay, ms."),
            optionalFlag("filter-profanity", "filter_profanity: hides swear words."),
            optionalFlag("redact-pii", "redact_pii: hides personal data."),
            many("redact-pii-policies", "", "redact_pii_policies: what is hidden, such as credit_card_number."),
            oneOf("redact-pii-sub", "", "redact_pii_sub: what stands instead.", "hash", "entity_name"),
            whole(
                    "inactivity-timeout",
                    5,
                    3_600,
                    "",
                    "inactivity_timeout, s: closes without audio or KeepAlive; not set: never does."),
            whole(
                    "min-chunk-ms",
                    1,
                    1_000,
                    "50",
                    "Least audio in one message, ms; less is kept for the next one, since the server closes with"
                            + " 3007."));

    private static final List<String> SENT = List.of(
            "speech-model",
            "language-detection",
            "format-turns",
            "end-of-turn-confidence-threshold",
            "min-turn-silence",
            "max-turn-silence",
            "vad-threshold",
            "prompt",
            "speaker-labels",
            "max-speakers",
            "mode",
            "continuous-partials",
            "interruption-delay",
            "filter-profanity",
            "redact-pii",
            "redact-pii-sub",
            "inactivity-timeout");

    @Override
    public String name() {
        return "assemblyai";
    }

    @Override
    public List<VendorOption> options() {
        return OPTIONS;
    }

    @Override
    public Traits traits(Options options) {
        Traits traits = Traits.of(VendorAudio.MULAW_8K, VendorAudio.L16_8K, VendorAudio.L16_16K)
                .withChunk(CHUNK)
                .withMaxSession(MAX_SESSION)
                .withSpeechEvents()
                .withEndpointing()
                .withFlush()
                .withWords();
        if (!options.has("inactivity-timeout")) {
            return traits;
        }
        // Twice in the time that is allowed.
        return traits.withIdle(
                new Traits.Idle.Message(Duration.ofMillis(options.whole("inactivity-timeout") * 1_000 / 2)));
    }

    @Override
    public List<String> problems(Options options) {
        List<String> problems = new ArrayList<>();
        if (!options.has("key")) {
            problems.add("key: missing (expected: an API key of AssemblyAI)");
        }
        if (options.has("redact-pii-policies") && !options.flag("redact-pii")) {
            problems.add("redact-pii-policies: " + options.text("redact-pii-policies")
                    + " (expected: not set unless redact-pii is true)");
        }
        if (options.has("max-speakers") && !options.flag("speaker-labels")) {
            problems.add("max-speakers: " + options.text("max-speakers")
                    + " (expected: not set unless speaker-labels is true)");
        }
        return problems;
    }

    @Override
    public Route route(Opening opening) {
        Options options = opening.options();
        Query query = new Query()
                .add("encoding", encoding(opening.audio()))
                .add("sample_rate", String.valueOf(opening.audio().sampleRateHz()))
                .addSet(options, SENT)
                .add("language_codes", list(options.many("language-codes")))
                .add("redact_pii_policies", list(options.many("redact-pii-policies")))
                .add("keyterms_prompt", list(opening.hints()));
        return new Route.WebSocket(query.on(options.address("url")), Map.of("Authorization", options.text("key")));
    }

    @Override
    public Dialect dialect(Opening opening) {
        return new AssemblyAiDialect(opening);
    }

    private static String encoding(VendorAudio audio) {
        return switch (audio.encoding()) {
            case MULAW -> "pcm_mulaw";
            case L16 -> "pcm_s16le";
            case ALAW -> throw new IllegalArgumentException("audio: " + audio + " (expected: MULAW or L16)");
        };
    }

    /** Lists are JSON inside the query. */
    private static String list(List<String> values) {
        if (values.isEmpty()) {
            return "";
        }
        ArrayNode array = Json.object().arrayNode();
        values.forEach(array::add);
        return Json.write(array);
    }
}
