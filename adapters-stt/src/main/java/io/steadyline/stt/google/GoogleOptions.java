package io.steadyline.stt.google;

import static io.steadyline.stt.vendor.VendorOption.address;
import static io.steadyline.stt.vendor.VendorOption.decimal;
import static io.steadyline.stt.vendor.VendorOption.flag;
import static io.steadyline.stt.vendor.VendorOption.many;
import static io.steadyline.stt.vendor.VendorOption.oneOf;
import static io.steadyline.stt.vendor.VendorOption.optionalFlag;
import static io.steadyline.stt.vendor.VendorOption.path;
import static io.steadyline.stt.vendor.VendorOption.secret;
import static io.steadyline.stt.vendor.VendorOption.text;
import static io.steadyline.stt.vendor.VendorOption.whole;

import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.VendorOption;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** All that may be set for Google, and how the values go together. */
final class GoogleOptions {

    static final String URL = "url";
    static final String CREDENTIALS_FILE = "credentials-file";
    static final String TOKEN = "token";
    static final String PROJECT = "project";
    static final String LOCATION = "location";
    static final String RECOGNIZER = "recognizer";
    static final String MODEL = "model";
    static final String ALTERNATIVE_LANGUAGES = "alternative-languages";
    static final String PUNCTUATION = "punctuation";
    static final String PROFANITY_FILTER = "profanity-filter";
    static final String WORDS = "words";
    static final String WORD_CONFIDENCE = "word-confidence";
    static final String INTERIM = "interim";
    static final String VAD_EVENTS = "vad-events";
    static final String SPEECH_START_TIMEOUT = "speech-start-timeout-ms";
    static final String SPEECH_END_TIMEOUT = "speech-end-timeout-ms";
    static final String SENSITIVITY = "endpointing-sensitivity";
    static final String ADAPTATION = "adaptation";
    static final String BOOST = "hint-boost";
    static final String KEEP_ALIVE = "keep-alive-s";

    /** Proto comment of Phrase.value, v2. */
    static final int MAX_HINT_CHARS = 100;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]*|_");
    private static final Pattern PLACE = Pattern.compile("[a-z0-9-]+");

    static final List<VendorOption> ALL = List.of(
            address(
                    URL,
                    "",
                    "Server; not set: speech.googleapis.com, or that of the location. http:// is without TLS.",
                    "https",
                    "http"),
            path(CREDENTIALS_FILE, "Key file of a service account; not set: application default credentials."),
            secret(TOKEN, "OAuth2 access token instead, for tests: it is not renewed."),
            text(PROJECT, "", "Google Cloud project."),
            text(LOCATION, "global", "Location of the recogniser, such as global, us or europe-west4."),
            text(RECOGNIZER, "_", "Recogniser in the project; _ is one without settings of its own."),
            text(MODEL, "telephony", "model: telephony, chirp_2 or chirp_3 for telephones.")
                    .perCallToo(),
            many(ALTERNATIVE_LANGUAGES, "", "More language_codes after the language, with commas between them.")
                    .perCallToo(),
            flag(PUNCTUATION, true, "features.enable_automatic_punctuation."),
            optionalFlag(PROFANITY_FILTER, "features.profanity_filter."),
            flag(WORDS, true, "features.enable_word_time_offsets."),
            flag(WORD_CONFIDENCE, true, "features.enable_word_confidence."),
            flag(INTERIM, true, "streaming_features.interim_results."),
            flag(VAD_EVENTS, true, "streaming_features.enable_voice_activity_events."),
            whole(
                    SPEECH_START_TIMEOUT,
                    500,
                    60_000,
                    "",
                    "voice_activity_timeout.speech_start_timeout, ms; the stream ends after it."),
            whole(
                    SPEECH_END_TIMEOUT,
                    500,
                    60_000,
                    "",
                    "voice_activity_timeout.speech_end_timeout, ms; the stream ends after it."),
            oneOf(
                    SENSITIVITY,
                    "",
                    "endpointing_sensitivity: how soon an utterance ends; said to be for chirp_3 alone.",
                    "standard",
                    "short",
                    "supershort"),
            optionalFlag(
                    ADAPTATION,
                    "Hints are sent as config.adaptation; not set: unless the model's name begins with telephony,"
                            + " which is said to refuse them."),
            decimal(BOOST, 0, 20, "", "adaptation boost of the hints."),
            whole("chunk-ms", 20, 100, "100", "Audio in one message, ms; Google takes at most 15 KB in one."),
            whole(
                    "max-session-s",
                    10,
                    300,
                    "",
                    "A connection is replaced before it is so old, s; not set: 300, when Google ends it."),
            whole(KEEP_ALIVE, 10, 3_600, "60", "An HTTP/2 ping after so long without a word from the server, s."));

    private GoogleOptions() {}

    static List<String> problems(Options options) {
        List<String> problems = new ArrayList<>();
        if (!options.has(PROJECT)) {
            problems.add("project: missing (expected: a Google Cloud project)");
        }
        Map.of(PROJECT, NAME, RECOGNIZER, NAME, LOCATION, PLACE).forEach((name, pattern) -> {
            if (options.has(name) && !pattern.matcher(options.text(name)).matches()) {
                problems.add(name + ": " + options.text(name) + " (expected: letters, digits and hyphens)");
            }
        });
        if (isPlain(options) && !options.has(TOKEN)) {
            problems.add("token: missing (expected: one when url is http://; nothing better is sent without TLS)");
        }
        if (options.has(TOKEN) && options.has(CREDENTIALS_FILE)) {
            problems.add("credentials-file: set, as token is (expected: one of both)");
        }
        options.many(CommonOptions.HINTS).stream()
                .filter(hint -> hint.length() > MAX_HINT_CHARS)
                .forEach(hint -> problems.add("hints: one of " + hint.length() + " characters (expected: at most "
                        + MAX_HINT_CHARS + "): " + hint.substring(0, MAX_HINT_CHARS / 2) + "…"));
        return List.copyOf(problems);
    }

    /** Google wants the server that fits the location of the recogniser. */
    static URI server(Options options) {
        if (options.has(URL)) {
            return options.address(URL);
        }
        String location = options.text(LOCATION);
        String prefix = location.equals("global") ? "" : location + "-";
        return URI.create("https://" + prefix + "speech.googleapis.com");
    }

    static String recognizer(Options options) {
        return "projects/" + options.text(PROJECT) + "/locations/" + options.text(LOCATION) + "/recognizers/"
                + options.text(RECOGNIZER);
    }

    static boolean sendsHints(Options options) {
        return options.has(ADAPTATION)
                ? options.flag(ADAPTATION)
                : !options.text(MODEL).startsWith("telephony");
    }

    private static boolean isPlain(Options options) {
        return "http".equals(server(options).getScheme());
    }
}
