package io.steadyline.stt.riva;

import static io.steadyline.stt.vendor.VendorOption.address;
import static io.steadyline.stt.vendor.VendorOption.decimal;
import static io.steadyline.stt.vendor.VendorOption.flag;
import static io.steadyline.stt.vendor.VendorOption.many;
import static io.steadyline.stt.vendor.VendorOption.optionalFlag;
import static io.steadyline.stt.vendor.VendorOption.path;
import static io.steadyline.stt.vendor.VendorOption.secret;
import static io.steadyline.stt.vendor.VendorOption.text;
import static io.steadyline.stt.vendor.VendorOption.whole;

import io.steadyline.stt.grpc.GrpcTarget;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.VendorOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that may be set for Riva, and how the values go together. */
final class RivaOptions {

    static final String URL = "url";
    static final String KEY = "key";
    static final String FUNCTION_ID = "function-id";
    static final String CA_FILE = "ca-file";
    static final String CERTIFICATE_FILE = "certificate-file";
    static final String CERTIFICATE_KEY_FILE = "certificate-key-file";
    static final String MODEL = "model";
    static final String PUNCTUATION = "punctuation";
    static final String PROFANITY_FILTER = "profanity-filter";
    static final String VERBATIM = "verbatim";
    static final String WORDS = "words";
    static final String INTERIM = "interim";
    static final String BOOST = "hint-boost";
    static final String START_HISTORY = "start-history-ms";
    static final String START_THRESHOLD = "start-threshold";
    static final String STOP_HISTORY = "stop-history-ms";
    static final String STOP_THRESHOLD = "stop-threshold";
    static final String STOP_HISTORY_EOU = "stop-history-eou-ms";
    static final String STOP_THRESHOLD_EOU = "stop-threshold-eou";
    static final String CUSTOM = "custom-configuration";
    static final String KEEP_ALIVE = "keep-alive-s";

    static final String CLOUD_HOST = "grpc.nvcf.nvidia.com";

    static final List<VendorOption> ALL = List.of(
            address(
                    URL,
                    "https://" + CLOUD_HOST + ":443",
                    "Server, such as http://riva:50051; http:// is without TLS.",
                    "https",
                    "http"),
            secret(KEY, "API key of NVIDIA's cloud, or of a proxy; sent as a bearer token."),
            text(FUNCTION_ID, "", "function-id of the model in NVIDIA's cloud."),
            path(CA_FILE, "Certificates to trust, PEM; not set: those of the JDK."),
            path(CERTIFICATE_FILE, "Our own certificate, PEM, for a server that asks for one."),
            path(CERTIFICATE_KEY_FILE, "Its private key, PEM."),
            text(MODEL, "", "model; not set: the server's own for the language.")
                    .perCallToo(),
            flag(PUNCTUATION, true, "enable_automatic_punctuation."),
            optionalFlag(PROFANITY_FILTER, "profanity_filter."),
            optionalFlag(VERBATIM, "verbatim_transcripts: numbers and dates as they are spoken."),
            flag(WORDS, true, "enable_word_time_offsets."),
            flag(INTERIM, true, "interim_results."),
            decimal(BOOST, -100, 100, "10", "speech_contexts boost of the hints."),
            whole(START_HISTORY, 10, 10_000, "", "endpointing_config.start_history, ms."),
            decimal(START_THRESHOLD, 0, 1, "", "endpointing_config.start_threshold."),
            whole(STOP_HISTORY, 10, 10_000, "", "endpointing_config.stop_history, ms: silence that ends an utterance."),
            decimal(STOP_THRESHOLD, 0, 1, "", "endpointing_config.stop_threshold."),
            whole(STOP_HISTORY_EOU, 10, 10_000, "", "endpointing_config.stop_history_eou, ms."),
            decimal(STOP_THRESHOLD_EOU, 0, 1, "", "endpointing_config.stop_threshold_eou."),
            many(CUSTOM, "", "custom_configuration: name=value, with commas between them."),
            whole(KEEP_ALIVE, 10, 3_600, "60", "An HTTP/2 ping after so long without a word from the server, s."));

    private RivaOptions() {}

    static List<String> problems(Options options) {
        List<String> problems = new ArrayList<>();
        if (CLOUD_HOST.equals(options.address(URL).getHost())) {
            if (!options.has(KEY)) {
                problems.add(
                        "key: missing (expected: an API key of NVIDIA's cloud, or the url of a server of your own)");
            }
            if (!options.has(FUNCTION_ID)) {
                problems.add("function-id: missing (expected: that of the model in NVIDIA's cloud)");
            }
        }
        if (options.has(CERTIFICATE_FILE) != options.has(CERTIFICATE_KEY_FILE)) {
            problems.add((options.has(CERTIFICATE_FILE) ? CERTIFICATE_KEY_FILE : CERTIFICATE_FILE)
                    + ": missing (expected: both, or neither)");
        }
        options.many(CUSTOM).stream()
                .filter(entry -> entry.indexOf('=') < 1)
                .forEach(entry -> problems.add(CUSTOM + ": " + entry + " (expected: name=value)"));
        return List.copyOf(problems);
    }

    static GrpcTarget target(Options options) {
        Optional<GrpcTarget.Identity> own = options.find(CERTIFICATE_FILE)
                .map(file -> new GrpcTarget.Identity(Path.of(file), Path.of(options.text(CERTIFICATE_KEY_FILE))));
        return GrpcTarget.of(options.address(URL), Duration.ofSeconds(options.whole(KEEP_ALIVE)))
                .withTls(options.find(CA_FILE).map(Path::of), own);
    }

    static Map<String, String> headers(Options options) {
        Map<String, String> headers = new LinkedHashMap<>();
        options.find(KEY).ifPresent(key -> headers.put("authorization", "Bearer " + key));
        options.find(FUNCTION_ID).ifPresent(id -> headers.put("function-id", id));
        return headers;
    }

    static Map<String, String> custom(Options options) {
        Map<String, String> custom = new LinkedHashMap<>();
        options.many(CUSTOM).forEach(entry -> {
            int equals = entry.indexOf('=');
            custom.put(
                    entry.substring(0, equals).strip(),
                    entry.substring(equals + 1).strip());
        });
        return custom;
    }
}
