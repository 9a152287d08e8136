package io.steadyline.stt.jambonz;

import static io.steadyline.stt.vendor.VendorOption.address;
import static io.steadyline.stt.vendor.VendorOption.decimal;
import static io.steadyline.stt.vendor.VendorOption.flag;
import static io.steadyline.stt.vendor.VendorOption.oneOf;
import static io.steadyline.stt.vendor.VendorOption.secret;

import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.VendorOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A server of the open "custom STT" protocol of jambonz: one language that many bridges to other recognisers speak. It has no
 * flush, no word times and no events of speech; its errors have no codes.
 */
public final class JambonzVendor implements Vendor {

    static final String URL = "url";
    static final String KEY = "key";
    static final String INTERIM = "interim-results";
    static final String SAMPLE_RATE = "sample-rate";
    static final String HINTS_BOOST = "hints-boost";
    static final String EXTRA = "extra";
    static final String ENDPOINTING = "endpointing";

    private static final List<VendorOption> OPTIONS = List.of(
            address(URL, "", "Where the server is; each owner of one has an address of its own.", "ws", "wss"),
            secret(KEY, "Sent as \"Authorization: Bearer\"; not set: no such header."),
            flag(INTERIM, true, "interimResults: text that may still change is wanted too."),
            oneOf(
                    SAMPLE_RATE,
                    "8000",
                    "sampleRateHz, 8000 or 16000; jambonz itself sends 8000, not every server takes more.",
                    "8000",
                    "16000"),
            decimal(
                    HINTS_BOOST,
                    -1_000,
                    1_000,
                    "",
                    "options.hintsBoost: weight of the hints, as the server defines it."),
            secret(
                    EXTRA,
                    "A JSON object; its members are added to \"options\", which the server defines. May hold keys."),
            flag(
                    ENDPOINTING,
                    false,
                    "A final of this server is the end of an utterance; otherwise the gateway finds the end itself."));

    @Override
    public String name() {
        return "jambonz";
    }

    @Override
    public List<VendorOption> options() {
        return OPTIONS;
    }

    /** jambonz sends frames as they come, 20 ms each; the protocol knows no keep-alive. */
    @Override
    public Traits traits(Options options) {
        VendorAudio audio = options.whole(SAMPLE_RATE) == 16_000 ? VendorAudio.L16_16K : VendorAudio.L16_8K;
        Traits traits = Traits.of(audio).withChunk(Duration.ofMillis(20));
        return options.flag(ENDPOINTING) ? traits.withEndpointing() : traits;
    }

    @Override
    public List<String> problems(Options options) {
        List<String> problems = new ArrayList<>();
        if (!options.has(URL)) {
            problems.add(URL + ": missing (expected: the address of a custom STT server, such as wss://host/path)");
        }
        if (options.has(EXTRA)) {
            try {
                Json.read(options.text(EXTRA));
            } catch (Dialect.Garbled notAnObject) {
                problems.add(EXTRA + ": something else, not shown (expected: a JSON object)");
            }
        }
        return problems;
    }

    @Override
    public Route route(Opening opening) {
        Options options = opening.options();
        Map<String, String> headers = options.find(KEY)
                .map(key -> Map.of("Authorization", "Bearer " + key))
                .orElse(Map.of());
        return new Route.WebSocket(options.address(URL), headers);
    }

    @Override
    public Dialect dialect(Opening opening) {
        return new JambonzDialect(opening);
    }
}
