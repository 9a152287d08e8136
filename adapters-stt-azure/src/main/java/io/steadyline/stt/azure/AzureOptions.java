package io.steadyline.stt.azure;

import static io.steadyline.stt.vendor.VendorOption.address;
import static io.steadyline.stt.vendor.VendorOption.flag;
import static io.steadyline.stt.vendor.VendorOption.many;
import static io.steadyline.stt.vendor.VendorOption.oneOf;
import static io.steadyline.stt.vendor.VendorOption.optionalFlag;
import static io.steadyline.stt.vendor.VendorOption.secret;
import static io.steadyline.stt.vendor.VendorOption.text;
import static io.steadyline.stt.vendor.VendorOption.whole;

import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.VendorOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All that may be set for Azure, and how the values go together. */
final class AzureOptions {

    static final String KEY = "key";
    static final String REGION = "region";
    static final String URL = "url";
    static final String HOST = "host";
    static final String ENDPOINT_ID = "endpoint-id";
    static final String ALTERNATIVE_LANGUAGES = "alternative-languages";
    static final String PROFANITY = "profanity";
    static final String WORDS = "words";
    static final String DICTATION = "dictation";
    static final String STABLE = "stable-partial-threshold";
    static final String SEGMENTATION_SILENCE = "segmentation-silence-ms";
    static final String SEGMENTATION_MAX = "segmentation-max-ms";
    static final String SEGMENTATION_STRATEGY = "segmentation-strategy";
    static final String INITIAL_SILENCE = "initial-silence-ms";
    static final String MULAW = "mulaw";
    static final String SILENCE_AFTER = "silence-after-s";

    /** At a time; the service's own bound for continuous detection of the language. */
    private static final int MAX_LANGUAGES = 10;

    private static final Pattern REGION_NAME = Pattern.compile("[a-z0-9]+");

    static final List<VendorOption> ALL = List.of(
            secret(KEY, "Key of the Speech resource (Ocp-Apim-Subscription-Key)."),
            text(REGION, "", "Region of the resource, such as westeurope."),
            address(URL, "", "Endpoint in place of the region, such as that of a private link.", "wss", "https", "ws"),
            address(HOST, "", "Host in place of the region: a container or a sovereign cloud.", "ws", "wss"),
            text(ENDPOINT_ID, "", "EndpointId of a custom model.").perCallToo(),
            many(ALTERNATIVE_LANGUAGES, "", "Other languages that are detected, with commas between them.")
                    .perCallToo(),
            oneOf(PROFANITY, "masked", "Profanity.", "masked", "removed", "raw"),
            flag(WORDS, true, "RequestWordLevelTimestamps."),
            optionalFlag(DICTATION, "Spoken punctuation is written as signs."),
            whole(STABLE, 1, 20, "", "StablePartialResultThreshold: interims change less and come later."),
            whole(
                    SEGMENTATION_SILENCE,
                    100,
                    5_000,
                    "",
                    "Speech_SegmentationSilenceTimeoutMs: silence that ends a phrase."),
            whole(SEGMENTATION_MAX, 20_000, 70_000, "", "Speech_SegmentationMaximumTimeMs."),
            oneOf(SEGMENTATION_STRATEGY, "", "Speech_SegmentationStrategy.", "Default", "Time", "Semantic"),
            whole(INITIAL_SILENCE, 1_000, 600_000, "", "InitialSilenceTimeoutMs."),
            flag(MULAW, false, "Sends a call's own µ-law; the documentation promises linear samples alone."),
            whole(
                    SILENCE_AFTER,
                    1,
                    600,
                    "10",
                    "Silence is sent after so long without audio, s; the limit is not known."));

    private AzureOptions() {}

    static List<String> problems(Options options) {
        List<String> problems = new ArrayList<>();
        long places = Stream.of(REGION, URL, HOST).filter(options::has).count();
        if (places == 0) {
            problems.add("region: missing (expected: the region of the Speech resource, or url or host)");
        } else if (places > 1) {
            problems.add("region, url, host: " + places + " of them set (expected: one)");
        }
        if (options.has(REGION) && !REGION_NAME.matcher(options.text(REGION)).matches()) {
            problems.add("region: " + options.text(REGION) + " (expected: a name such as westeurope)");
        }
        // A container asks its owner for the key, not its callers.
        if (!options.has(KEY) && !options.has(HOST)) {
            problems.add("key: missing (expected: a key of the Speech resource)");
        }
        if (options.has(ENDPOINT_ID) && options.has(ALTERNATIVE_LANGUAGES)) {
            problems.add(ENDPOINT_ID + ": set, as " + ALTERNATIVE_LANGUAGES + " is (expected: one of both)");
        }
        int languages = options.many(ALTERNATIVE_LANGUAGES).size() + 1;
        if (languages > MAX_LANGUAGES) {
            problems.add(ALTERNATIVE_LANGUAGES + ": " + (languages - 1) + " (expected: at most " + (MAX_LANGUAGES - 1)
                    + ")");
        }
        return List.copyOf(problems);
    }

    static String where(Options options) {
        return options.find(REGION)
                .or(() -> options.find(URL))
                .or(() -> options.find(HOST))
                .map(place -> "azure " + place.replaceFirst("\\?.*", ""))
                .orElse("azure");
    }
}
