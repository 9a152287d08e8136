package io.steadyline.stt.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.VendorAudio;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The message {@code session.update} that makes a session what the options say. */
final class SessionUpdate {

    private static final Set<String> MODELS_WITH_KEYWORDS = Set.of("gpt-transcribe", "gpt-live-transcribe");

    private SessionUpdate() {}

    static String of(Opening opening) {
        Options options = opening.options();
        ObjectNode message = Json.object().put("type", "session.update");
        ObjectNode session = message.putObject("session").put("type", "transcription");
        ObjectNode input = session.putObject("audio").putObject("input");
        input.putObject("format").put("type", format(opening.audio()));
        transcription(input.putObject("transcription"), opening);
        turnDetection(input, options);
        options.find("noise-reduction")
                .ifPresent(type -> input.putObject("noise_reduction").put("type", type));
        if (options.flag("logprobs")) {
            session.putArray("include").add("item.input_audio_transcription.logprobs");
        }
        return Json.write(message);
    }

    private static String format(VendorAudio audio) {
        return switch (audio.encoding()) {
            case MULAW -> "audio/pcmu";
            case ALAW -> "audio/pcma";
            case L16 -> throw new IllegalArgumentException("audio: " + audio + " (expected: MULAW or ALAW)");
        };
    }

    private static void transcription(ObjectNode transcription, Opening opening) {
        Options options = opening.options();
        transcription.put("model", options.text("model"));
        List<String> languages = options.many("languages");
        if (languages.isEmpty()) {
            transcription.put(
                    "language", Locale.forLanguageTag(opening.language()).getLanguage());
        } else {
            addAll(transcription.putArray("languages"), languages);
        }
        boolean asKeywords = options.find("hints-as")
                .map("keywords"::equals)
                .orElse(MODELS_WITH_KEYWORDS.contains(options.text("model")));
        String prompt = options.text("prompt");
        if (asKeywords && !opening.hints().isEmpty()) {
            addAll(transcription.putArray("keywords"), opening.hints());
        } else {
            prompt = String.join(
                    " ",
                    Stream.of(prompt, String.join(", ", opening.hints()))
                            .filter(part -> !part.isEmpty())
                            .toList());
        }
        if (!prompt.isEmpty()) {
            transcription.put("prompt", prompt);
        }
        options.find("delay").ifPresent(delay -> transcription.put("delay", delay));
    }

    private static void addAll(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }

    private static void turnDetection(ObjectNode input, Options options) {
        String type = options.text("turn-detection");
        switch (type) {
            case "none" -> input.putNull("turn_detection");
            case "server_vad" ->
                input.putObject("turn_detection")
                        .put("type", type)
                        .put("threshold", options.decimal("vad-threshold"))
                        .put("prefix_padding_ms", options.whole("prefix-padding-ms"))
                        .put("silence_duration_ms", options.whole("silence-duration-ms"));
            default -> {
                ObjectNode detection = input.putObject("turn_detection").put("type", type);
                options.find("eagerness").ifPresent(eagerness -> detection.put("eagerness", eagerness));
            }
        }
    }
}
