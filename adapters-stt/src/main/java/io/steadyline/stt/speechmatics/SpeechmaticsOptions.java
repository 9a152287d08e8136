package io.steadyline.stt.speechmatics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.LanguageTag;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.VendorOption;
import java.util.ArrayList;
import java.util.List;

/** What may be set for Speechmatics, and how it is said to it. */
final class SpeechmaticsOptions {

    static final String KEY = "key";
    static final String URL = "url";
    static final String SILENCE_TRIGGER = "end-of-utterance-silence-trigger";
    private static final String PACK = "language-pack";
    private static final String MODEL = "model";
    private static final String OPERATING_POINT = "operating-point";
    private static final String PARTIALS = "enable-partials";
    private static final String MAX_DELAY = "max-delay";
    private static final String MAX_DELAY_MODE = "max-delay-mode";
    private static final String DOMAIN = "domain";
    private static final String OUTPUT_LOCALE = "output-locale";
    private static final String ENTITIES = "enable-entities";
    private static final String DIARIZATION = "diarization";

    static final List<VendorOption> ALL = List.of(
            VendorOption.address(
                    URL,
                    "wss://eu.rt.speechmatics.com/v2/",
                    "Address of the service; there are also us. and global.",
                    "wss",
                    "ws"),
            VendorOption.secret(KEY, "API key of Speechmatics."),
            VendorOption.text(
                            PACK,
                            "",
                            "language, as Speechmatics names it, such as cmn; not set: the first part of the common"
                                    + " option language.")
                    .perCallToo(),
            VendorOption.text(MODEL, "", "model; not set: operating-point is sent instead.")
                    .perCallToo(),
            VendorOption.oneOf(OPERATING_POINT, "enhanced", "operating_point.", "standard", "enhanced")
                    .perCallToo(),
            VendorOption.flag(PARTIALS, true, "enable_partials: interim texts."),
            VendorOption.decimal(MAX_DELAY, 0.7, 4, "1", "max_delay: a final comes at most so late, s.")
                    .perCallToo(),
            VendorOption.oneOf(
                    MAX_DELAY_MODE,
                    "flexible",
                    "max_delay_mode: flexible lets a number or a date be finished first.",
                    "flexible",
                    "fixed"),
            VendorOption.decimal(
                            SILENCE_TRIGGER,
                            0,
                            2,
                            "0.6",
                            "conversation_config.end_of_utterance_silence_trigger: silence that ends an utterance, s;"
                                    + " 0: the gateway decides.")
                    .perCallToo(),
            VendorOption.text(DOMAIN, "", "domain: a language pack for a field, such as finance.")
                    .perCallToo(),
            VendorOption.text(OUTPUT_LOCALE, "", "output_locale: spelling, such as en-GB.")
                    .perCallToo(),
            VendorOption.optionalFlag(ENTITIES, "enable_entities: numbers and dates as one."),
            VendorOption.oneOf(DIARIZATION, "", "diarization: tell speakers apart.", "none", "speaker"));

    private SpeechmaticsOptions() {}

    static List<String> problems(Options options) {
        List<String> problems = new ArrayList<>();
        if (!options.has(KEY)) {
            problems.add(KEY + ": missing (expected: an API key of Speechmatics)");
        }
        if (options.decimal(SILENCE_TRIGGER) >= options.decimal(MAX_DELAY)) {
            problems.add(SILENCE_TRIGGER + ": " + options.text(SILENCE_TRIGGER) + " (expected: less than " + MAX_DELAY
                    + ", which is " + options.text(MAX_DELAY) + ")");
        }
        return problems;
    }

    /** The first message. */
    static ObjectNode start(Opening opening) {
        Options options = opening.options();
        ObjectNode start = Json.object().put("message", "StartRecognition");
        String encoding = switch (opening.audio().encoding()) {
            case MULAW -> "mulaw";
            case L16 -> "pcm_s16le";
            case ALAW -> throw new IllegalArgumentException("encoding: ALAW (expected: MULAW or L16)");
        };
        start.putObject("audio_format")
                .put("type", "raw")
                .put("encoding", encoding)
                .put("sample_rate", opening.audio().sampleRateHz());
        ObjectNode config = start.putObject("transcription_config");
        config.put("language", options.find(PACK).orElseGet(() -> LanguageTag.primary(opening.language())));
        if (options.has(MODEL)) {
            config.put("model", options.text(MODEL));
        } else {
            config.put("operating_point", options.text(OPERATING_POINT));
        }
        config.put("enable_partials", options.flag(PARTIALS));
        config.put("max_delay", options.decimal(MAX_DELAY));
        config.put("max_delay_mode", options.text(MAX_DELAY_MODE));
        config.putObject("conversation_config")
                .put("end_of_utterance_silence_trigger", options.decimal(SILENCE_TRIGGER));
        options.find(DOMAIN).ifPresent(value -> config.put("domain", value));
        options.find(OUTPUT_LOCALE).ifPresent(value -> config.put("output_locale", value));
        options.find(ENTITIES).ifPresent(value -> config.put("enable_entities", options.flag(ENTITIES)));
        options.find(DIARIZATION).ifPresent(value -> config.put("diarization", value));
        if (!opening.hints().isEmpty()) {
            ArrayNode words = config.putArray("additional_vocab");
            opening.hints().forEach(hint -> words.addObject().put("content", hint));
        }
        return start;
    }
}
