package io.steadyline.stt.gladia;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.LanguageTag;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.VendorOption;
import java.net.URI;
import java.util.List;

/** What may be set for Gladia, and how it is said to it. */
final class GladiaOptions {

    static final String KEY = "key";
    static final String SILENCE_AFTER = "silence-after-s";
    private static final String URL = "url";
    private static final String REGION = "region";
    private static final String MODEL = "model";
    private static final String ENDPOINTING = "endpointing";
    private static final String LONGEST = "maximum-duration-without-endpointing";
    private static final String LANGUAGES = "languages";
    private static final String SWITCHING = "code-switching";
    static final String RESUME = "resume";
    private static final String ENHANCER = "audio-enhancer";
    private static final String THRESHOLD = "speech-threshold";
    private static final String INTENSITY = "vocabulary-intensity";

    static final List<VendorOption> ALL = List.of(
            VendorOption.address(
                    URL, "https://api.gladia.io/v2/live", "Where a session is asked for.", "https", "http"),
            VendorOption.secret(KEY, "x-gladia-key: an API key of Gladia."),
            VendorOption.oneOf(REGION, "", "region: where it is transcribed.", "us-west", "eu-west"),
            VendorOption.text(MODEL, "solaria-1", "model.").perCallToo(),
            VendorOption.decimal(ENDPOINTING, 0.01, 10, "0.3", "endpointing: silence that ends an utterance, s.")
                    .perCallToo(),
            VendorOption.whole(
                    LONGEST,
                    5,
                    60,
                    "15",
                    "maximum_duration_without_endpointing: an utterance is cut after so long, s."),
            VendorOption.many(
                            LANGUAGES,
                            "",
                            "language_config.languages, such as en,de; not set: the first part of language.")
                    .perCallToo(),
            VendorOption.flag(SWITCHING, false, "language_config.code_switching: the language may change meanwhile.")
                    .perCallToo(),
            VendorOption.flag(
                    RESUME,
                    false,
                    "A lost connection goes on in the same session with what was not acknowledged; off: a new session."
                            + " How the vendor counts audio that it has, but had not acknowledged, is not confirmed."),
            VendorOption.optionalFlag(ENHANCER, "pre_processing.audio_enhancer: clean the audio first."),
            VendorOption.decimal(THRESHOLD, 0, 1, "", "pre_processing.speech_threshold: how clear speech has to be."),
            VendorOption.decimal(
                    INTENSITY,
                    0,
                    1,
                    "",
                    "realtime_processing.custom_vocabulary_config.default_intensity: how much hints count."),
            VendorOption.whole(
                    SILENCE_AFTER,
                    1,
                    60,
                    "10",
                    "Silence is sent after so long without audio, s; the limit is not published."));

    private GladiaOptions() {}

    static URI uri(Options options) {
        URI url = options.address(URL);
        return options.has(REGION)
                ? URI.create(url + (url.getRawQuery() == null ? "?" : "&") + "region=" + options.text(REGION))
                : url;
    }

    static ObjectNode body(Opening opening) {
        Options options = opening.options();
        ObjectNode body = Json.object();
        sayAudio(opening, body);
        body.put("model", options.text(MODEL));
        body.put("endpointing", options.decimal(ENDPOINTING));
        body.put("maximum_duration_without_endpointing", options.whole(LONGEST));
        ObjectNode language = body.putObject("language_config");
        List<String> languages =
                options.has(LANGUAGES) ? options.many(LANGUAGES) : List.of(LanguageTag.primary(opening.language()));
        languages.forEach(language.putArray("languages")::add);
        language.put("code_switching", options.flag(SWITCHING));
        if (options.has(ENHANCER) || options.has(THRESHOLD)) {
            ObjectNode before = body.putObject("pre_processing");
            options.find(ENHANCER).ifPresent(value -> before.put("audio_enhancer", options.flag(ENHANCER)));
            options.find(THRESHOLD).ifPresent(value -> before.put("speech_threshold", options.decimal(THRESHOLD)));
        }
        if (!opening.hints().isEmpty()) {
            ObjectNode meanwhile = body.putObject("realtime_processing").put("custom_vocabulary", true);
            ObjectNode vocabulary = meanwhile.putObject("custom_vocabulary_config");
            opening.hints().forEach(vocabulary.putArray("vocabulary")::add);
            options.find(INTENSITY).ifPresent(value -> vocabulary.put("default_intensity", options.decimal(INTENSITY)));
        }
        body.putObject("messages_config")
                .put("receive_partial_transcripts", true)
                .put("receive_final_transcripts", true)
                .put("receive_speech_events", true)
                .put("receive_acknowledgments", true)
                .put("receive_errors", true)
                .put("receive_lifecycle_events", true)
                .put("receive_pre_processing_events", false)
                .put("receive_realtime_processing_events", false)
                .put("receive_post_processing_events", false);
        return body;
    }

    private static void sayAudio(Opening opening, ObjectNode body) {
        String encoding = switch (opening.audio().encoding()) {
            case MULAW -> "wav/ulaw";
            case ALAW -> "wav/alaw";
            case L16 -> "wav/pcm";
        };
        body.put("encoding", encoding)
                .put("bit_depth", 8 * opening.audio().encoding().bytesPerSample())
                .put("sample_rate", opening.audio().sampleRateHz())
                .put("channels", 1);
    }
}
