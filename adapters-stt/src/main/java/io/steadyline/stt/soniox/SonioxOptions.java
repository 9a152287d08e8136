package io.steadyline.stt.soniox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.LanguageTag;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.VendorOption;
import java.util.ArrayList;
import java.util.List;

/** What may be set for Soniox, and how it is said to it. */
final class SonioxOptions {

    static final String KEY = "key";
    static final String URL = "url";
    static final String AUTH = "auth";
    static final String IN_FIELD = "field";
    static final String IN_SUBPROTOCOL = "subprotocol";
    static final String ENDPOINTS = "enable-endpoint-detection";
    static final String TRAILING_SILENCE = "trailing-silence-ms";
    private static final String MODEL = "model";
    private static final String MULAW = "mulaw-format";
    private static final String ALAW = "alaw-format";
    private static final String MAX_DELAY = "max-endpoint-delay-ms";
    private static final String SENSITIVITY = "endpoint-sensitivity";
    private static final String LATENCY = "endpoint-latency-adjustment-level";
    private static final String LANGUAGE_HINTS = "language-hints";
    private static final String STRICT = "language-hints-strict";
    private static final String IDENTIFY = "enable-language-identification";
    private static final String DIARIZATION = "enable-speaker-diarization";
    private static final String CONTEXT_GENERAL = "context-general";
    private static final String CONTEXT_TEXT = "context-text";

    static final List<VendorOption> ALL = List.of(
            VendorOption.address(
                    URL, "wss://stt-rt.soniox.com/transcribe-websocket", "Address of the service.", "wss", "ws"),
            VendorOption.secret(KEY, "API key of Soniox."),
            VendorOption.oneOf(
                    AUTH,
                    "header",
                    "How the key is sent: Authorization header, the subprotocol soniox-api-key, or the field api_key,"
                            + " which is refused from 2027-01-15 on.",
                    "header",
                    IN_SUBPROTOCOL,
                    IN_FIELD),
            VendorOption.text(MODEL, "stt-rt-v5", "model.").perCallToo(),
            VendorOption.text(MULAW, "mulaw", "audio_format of µ-law."),
            VendorOption.text(ALAW, "alaw", "audio_format of A-law."),
            VendorOption.flag(
                            ENDPOINTS,
                            true,
                            "enable_endpoint_detection: it tells where an utterance ends; else the gateway does.")
                    .perCallToo(),
            VendorOption.whole(MAX_DELAY, 500, 3_000, "1000", "max_endpoint_delay_ms: the end is told at most so late.")
                    .perCallToo(),
            VendorOption.decimal(SENSITIVITY, -1, 1, "", "endpoint_sensitivity: higher ends earlier.")
                    .perCallToo(),
            VendorOption.whole(LATENCY, 0, 3, "", "endpoint_latency_adjustment_level."),
            VendorOption.whole(
                    TRAILING_SILENCE, 0, 10_000, "", "trailing_silence_ms: silence that is taken as heard at a flush."),
            VendorOption.many(LANGUAGE_HINTS, "", "language_hints, such as en,es; not set: the first part of language.")
                    .perCallToo(),
            VendorOption.optionalFlag(STRICT, "language_hints_strict: no other languages.")
                    .perCallToo(),
            VendorOption.flag(IDENTIFY, false, "enable_language_identification."),
            VendorOption.flag(DIARIZATION, false, "enable_speaker_diarization."),
            VendorOption.many(CONTEXT_GENERAL, "", "context.general: key=value, with commas between them.")
                    .perCallToo(),
            VendorOption.text(CONTEXT_TEXT, "", "context.text: what the call is about.")
                    .perCallToo());

    private SonioxOptions() {}

    static List<String> problems(Options options) {
        List<String> problems = new ArrayList<>();
        if (!options.has(KEY)) {
            problems.add(KEY + ": missing (expected: an API key of Soniox)");
        }
        options.many(CONTEXT_GENERAL).stream()
                .filter(pair -> pair.indexOf('=') < 1)
                .forEach(pair -> problems.add(CONTEXT_GENERAL + ": " + pair + " (expected: key=value)"));
        return problems;
    }

    /** The first message. */
    static ObjectNode start(Opening opening) {
        Options options = opening.options();
        ObjectNode start = Json.object();
        if (IN_FIELD.equals(options.text(AUTH))) {
            start.put("api_key", options.text(KEY));
        }
        start.put("model", options.text(MODEL))
                .put("audio_format", audioFormat(opening))
                .put("sample_rate", opening.audio().sampleRateHz())
                .put("num_channels", 1);
        List<String> languages = options.has(LANGUAGE_HINTS)
                ? options.many(LANGUAGE_HINTS)
                : List.of(LanguageTag.primary(opening.language()));
        languages.forEach(start.putArray("language_hints")::add);
        options.find(STRICT).ifPresent(value -> start.put("language_hints_strict", options.flag(STRICT)));
        start.put("enable_endpoint_detection", options.flag(ENDPOINTS));
        if (options.flag(ENDPOINTS)) {
            start.put("max_endpoint_delay_ms", options.whole(MAX_DELAY));
            options.find(SENSITIVITY)
                    .ifPresent(value -> start.put("endpoint_sensitivity", options.decimal(SENSITIVITY)));
            options.find(LATENCY)
                    .ifPresent(value -> start.put("endpoint_latency_adjustment_level", options.whole(LATENCY)));
        }
        start.put("enable_language_identification", options.flag(IDENTIFY));
        start.put("enable_speaker_diarization", options.flag(DIARIZATION));
        sayContext(opening, start);
        return start.put("client_reference_id", opening.sessionId());
    }

    private static void sayContext(Opening opening, ObjectNode start) {
        Options options = opening.options();
        ObjectNode context = Json.object();
        if (options.has(CONTEXT_GENERAL)) {
            ArrayNode general = context.putArray("general");
            for (String pair : options.many(CONTEXT_GENERAL)) {
                int equals = pair.indexOf('=');
                general.addObject()
                        .put("key", pair.substring(0, equals).strip())
                        .put("value", pair.substring(equals + 1).strip());
            }
        }
        options.find(CONTEXT_TEXT).ifPresent(value -> context.put("text", value));
        if (!opening.hints().isEmpty()) {
            opening.hints().forEach(context.putArray("terms")::add);
        }
        if (!context.isEmpty()) {
            start.set("context", context);
        }
    }

    private static String audioFormat(Opening opening) {
        return switch (opening.audio().encoding()) {
            case MULAW -> opening.options().text(MULAW);
            case ALAW -> opening.options().text(ALAW);
            case L16 -> "pcm_s16le";
        };
    }
}
