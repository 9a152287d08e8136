package io.steadyline.stt.openai;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** OpenAI's Realtime API, transcription only. */
public final class OpenAiVendor implements Vendor {

    private static final Duration MAX_SESSION = Duration.ofMinutes(60);

    /** The model that is documented to take no turn detection. */
    private static final String WITHOUT_TURNS = "gpt-realtime-whisper";

    private static final List<VendorOption> OPTIONS = List.of(
            address("url", "wss://api.openai.com/v1/realtime", "Address, without intent.", "wss", "ws"),
            secret("key", "API key, sent as Authorization: Bearer."),
            text("organization", "", "OpenAI-Organization."),
            text("project", "", "OpenAI-Project."),
            text(
                            "model",
                            "gpt-4o-transcribe",
                            "transcription.model: gpt-4o-transcribe, gpt-4o-mini-transcribe, gpt-transcribe,"
                                    + " gpt-live-transcribe, gpt-realtime-whisper or whisper-1.")
                    .perCallToo(),
            text("prompt", "", "transcription.prompt: what the talk is about.").perCallToo(),
            many(
                            "languages",
                            "",
                            "transcription.languages, for gpt-transcribe and gpt-live-transcribe; instead of language.")
                    .perCallToo(),
            oneOf(
                    "delay",
                    "",
                    "transcription.delay, for gpt-realtime-whisper: less is faster, more is better.",
                    "minimal",
                    "low",
                    "medium",
                    "high",
                    "xhigh"),
            oneOf(
                    "hints-as",
                    "",
                    "Where hints go: transcription.keywords (gpt-transcribe, gpt-live-transcribe) or prompt; not set:"
                            + " by the model.",
                    "keywords",
                    "prompt"),
            oneOf(
                    "turn-detection",
                    "server_vad",
                    "turn_detection: server_vad, semantic_vad, or none: the gateway's voice activity detection asks for"
                            + " each final, which some models need.",
                    "server_vad",
                    "semantic_vad",
                    "none"),
            decimal("vad-threshold", 0, 1, "0.5", "turn_detection.threshold of server_vad, 0 to 1."),
            whole("prefix-padding-ms", 0, 5_000, "300", "turn_detection.prefix_padding_ms of server_vad."),
            whole(
                            "silence-duration-ms",
                            100,
                            10_000,
                            "500",
                            "turn_detection.silence_duration_ms of server_vad: silence that ends an utterance.")
                    .perCallToo(),
            oneOf("eagerness", "", "turn_detection.eagerness of semantic_vad.", "low", "medium", "high", "auto"),
            oneOf("noise-reduction", "", "noise_reduction.type.", "near_field", "far_field"),
            optionalFlag("logprobs", "include logprobs: finals get a confidence, the mean of their tokens."),
            whole(
                    "min-commit-ms",
                    0,
                    5_000,
                    "100",
                    "Least audio of a commit, ms: less is answered with input_audio_buffer_commit_empty."));

    @Override
    public String name() {
        return "openai";
    }

    @Override
    public List<VendorOption> options() {
        return OPTIONS;
    }

    @Override
    public Traits traits(Options options) {
        Traits traits = Traits.of(VendorAudio.MULAW_8K, VendorAudio.ALAW_8K)
                .withMaxSession(MAX_SESSION)
                .withFlush();
        return usesVad(options) ? traits.withSpeechEvents().withEndpointing() : traits;
    }

    static boolean usesVad(Options options) {
        return !options.text("turn-detection").equals("none");
    }

    @Override
    public List<String> problems(Options options) {
        List<String> problems = new ArrayList<>();
        if (!options.has("key")) {
            problems.add("key: missing (expected: an API key of OpenAI)");
        }
        String model = options.text("model");
        if (model.equals(WITHOUT_TURNS) && usesVad(options)) {
            problems.add(
                    "turn-detection: " + options.text("turn-detection") + " (expected: none with model " + model + ")");
        }
        if (options.has("delay") && !model.equals(WITHOUT_TURNS)) {
            problems.add("delay: " + options.text("delay") + " (expected: not set with model " + model + ")");
        }
        if (options.has("eagerness") && !options.text("turn-detection").equals("semantic_vad")) {
            problems.add("eagerness: " + options.text("eagerness")
                    + " (expected: not set unless turn-detection is semantic_vad)");
        }
        return problems;
    }

    /** Without a model: with one in the address the session would be a conversation. */
    @Override
    public Route route(Opening opening) {
        Options options = opening.options();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer " + options.text("key"));
        options.find("organization").ifPresent(value -> headers.put("OpenAI-Organization", value));
        options.find("project").ifPresent(value -> headers.put("OpenAI-Project", value));
        return new Route.WebSocket(new Query().add("intent", "transcription").on(options.address("url")), headers);
    }

    @Override
    public Dialect dialect(Opening opening) {
        return new OpenAiDialect(opening);
    }
}
