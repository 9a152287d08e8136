package io.steadyline.stt.aws;

import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.VendorOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What may be set for Amazon Transcribe, and how it is said to it. */
final class AwsOptions {

    static final String URL = "url";
    static final String ACCESS_KEY = "access-key";
    static final String SECRET_KEY = "secret-key";
    static final String SESSION_TOKEN = "session-token";
    static final String REGION = "region";
    static final String VALID = "signature-valid-s";
    private static final String VOCABULARY = "vocabulary";
    private static final String FILTER = "vocabulary-filter";
    private static final String FILTER_METHOD = "vocabulary-filter-method";
    private static final String MODEL = "language-model";
    private static final String STABILITY = "partial-results-stability";
    private static final String SPEAKERS = "show-speaker-label";
    private static final String IDENTIFY = "identify-language";
    private static final String CANDIDATES = "language-options";
    private static final String PREFERRED = "preferred-language";
    private static final String IDENTIFY_PII = "content-identification";
    private static final String REDACT_PII = "content-redaction";
    private static final String PII_TYPES = "pii-entity-types";

    static final List<VendorOption> ALL = List.of(
            VendorOption.address(
                    URL,
                    "",
                    "Scheme, host and port of the service; not set:"
                            + " wss://transcribestreaming.<region>.amazonaws.com:8443.",
                    "wss",
                    "ws"),
            VendorOption.secret(ACCESS_KEY, "Access key id of AWS."),
            VendorOption.secret(SECRET_KEY, "Secret access key of AWS."),
            VendorOption.secret(SESSION_TOKEN, "Session token, with keys that are valid for a while."),
            VendorOption.text(REGION, "us-east-1", "Region of AWS, such as eu-central-1."),
            VendorOption.whole(VALID, 1, 300, "300", "X-Amz-Expires: an address is valid so long, s."),
            VendorOption.text(VOCABULARY, "", "vocabulary-name: a custom vocabulary in the caller's language.")
                    .perCallToo(),
            VendorOption.text(FILTER, "", "vocabulary-filter-name: a stored list of words that are not wanted."),
            VendorOption.oneOf(
                    FILTER_METHOD, "", "vocabulary-filter-method: what becomes of them.", "remove", "mask", "tag"),
            VendorOption.text(MODEL, "", "language-model-name: a custom language model.")
                    .perCallToo(),
            VendorOption.oneOf(
                    STABILITY,
                    "high",
                    "partial-results-stability: how early the words of an interim text settle; off: not asked for.",
                    "off",
                    "low",
                    "medium",
                    "high"),
            VendorOption.flag(SPEAKERS, false, "show-speaker-label: tell speakers apart."),
            VendorOption.flag(IDENTIFY, false, "identify-language: instead of language, choose of language-options.")
                    .perCallToo(),
            VendorOption.many(CANDIDATES, "", "language-options: at least two, with commas between them.")
                    .perCallToo(),
            VendorOption.text(PREFERRED, "", "preferred-language: the likeliest of language-options.")
                    .perCallToo(),
            VendorOption.flag(IDENTIFY_PII, false, "content-identification-type=PII: mark personal data."),
            VendorOption.flag(REDACT_PII, false, "content-redaction-type=PII: replace personal data."),
            VendorOption.many(PII_TYPES, "", "pii-entity-types: which, such as NAME,PIN; not set: all."));

    private AwsOptions() {}

    static List<String> problems(Options options) {
        List<String> problems = new ArrayList<>();
        if (!options.has(ACCESS_KEY)) {
            problems.add(ACCESS_KEY + ": missing (expected: an access key id of AWS)");
        }
        if (!options.has(SECRET_KEY)) {
            problems.add(SECRET_KEY + ": missing (expected: a secret access key of AWS)");
        }
        if (!options.text(REGION).matches("[a-z]{2}(-[a-z]+)+-\\d{1,2}")) {
            problems.add(REGION + ": " + options.text(REGION) + " (expected: such as us-east-1)");
        }
        if (options.flag(IDENTIFY) && options.many(CANDIDATES).size() < 2) {
            problems.add(
                    CANDIDATES + ": " + options.text(CANDIDATES) + " (expected: two or more, with " + IDENTIFY + ")");
        }
        if (options.flag(IDENTIFY_PII) && options.flag(REDACT_PII)) {
            problems.add(REDACT_PII + ": true (expected: not together with " + IDENTIFY_PII + ")");
        }
        if (options.has(PII_TYPES) && !options.flag(IDENTIFY_PII) && !options.flag(REDACT_PII)) {
            problems.add(PII_TYPES + ": " + options.text(PII_TYPES) + " (expected: with " + IDENTIFY_PII + " or "
                    + REDACT_PII + ")");
        }
        if (options.has(FILTER_METHOD) && !options.has(FILTER)) {
            problems.add(FILTER_METHOD + ": " + options.text(FILTER_METHOD) + " (expected: with " + FILTER + ")");
        }
        return problems;
    }

    /** As parameters of the query; language and audio are the caller's. */
    static void say(Options options, String language, Map<String, String> query) {
        if (options.flag(IDENTIFY)) {
            query.put("identify-language", "true");
            query.put("language-options", String.join(",", options.many(CANDIDATES)));
            options.find(PREFERRED).ifPresent(value -> query.put("preferred-language", value));
        } else {
            query.put("language-code", language);
        }
        options.find(VOCABULARY).ifPresent(value -> query.put("vocabulary-name", value));
        options.find(FILTER).ifPresent(value -> query.put("vocabulary-filter-name", value));
        options.find(FILTER_METHOD).ifPresent(value -> query.put("vocabulary-filter-method", value));
        options.find(MODEL).ifPresent(value -> query.put("language-model-name", value));
        if (!"off".equals(options.text(STABILITY))) {
            query.put("enable-partial-results-stabilization", "true");
            query.put("partial-results-stability", options.text(STABILITY));
        }
        flag(options, SPEAKERS, "show-speaker-label", "true", query);
        flag(options, IDENTIFY_PII, "content-identification-type", "PII", query);
        flag(options, REDACT_PII, "content-redaction-type", "PII", query);
        if (options.has(PII_TYPES)) {
            query.put("pii-entity-types", String.join(",", options.many(PII_TYPES)));
        }
    }

    private static void flag(Options options, String option, String name, String value, Map<String, String> query) {
        if (options.flag(option)) {
            query.put(name, value);
        }
    }
}
