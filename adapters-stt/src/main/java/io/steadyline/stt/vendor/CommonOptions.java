package io.steadyline.stt.vendor;

import static io.steadyline.stt.vendor.VendorOption.decimal;
import static io.steadyline.stt.vendor.VendorOption.many;
import static io.steadyline.stt.vendor.VendorOption.text;
import static io.steadyline.stt.vendor.VendorOption.whole;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Options that each vendor has: what the runtime does with it, whatever it is. */
public final class CommonOptions {

    public static final String LANGUAGE = "language";
    public static final String HINTS = "hints";
    private static final String CHUNK = "chunk-ms";
    private static final String SPEED = "catch-up-speed";
    private static final String MAX_SESSION = "max-session-s";

    private static final List<VendorOption> ALL = List.of(
            text(LANGUAGE, "en-US", "Language of the caller, BCP 47.").perCallToo(),
            many(HINTS, "", "Words and phrases that are likely, with commas between them.")
                    .perCallToo(),
            whole(CHUNK, 20, 1_000, "", "Audio in one message, ms; not set: what the vendor advises."),
            decimal(
                    SPEED,
                    1,
                    100,
                    "",
                    "How many times faster than real time audio is sent after a gap; not set: what the vendor allows,"
                            + " 1.2 where nothing is known."),
            whole(
                    MAX_SESSION,
                    10,
                    604_800,
                    "",
                    "A connection is replaced before it is so old, s; not set: the vendor's own limit."));

    private CommonOptions() {}

    /** The vendor's own options, then the common ones that it does not define itself. */
    public static List<VendorOption> of(Vendor vendor) {
        List<VendorOption> own = vendor.options();
        List<String> names = own.stream().map(VendorOption::name).toList();
        return Stream.concat(own.stream(), ALL.stream().filter(option -> !names.contains(option.name())))
                .toList();
    }

    /** Names of those that a call may choose. */
    public static List<String> perCall() {
        return ALL.stream()
                .filter(VendorOption::perCall)
                .map(VendorOption::name)
                .toList();
    }

    /** What the vendor allows, as far as nobody set it otherwise. */
    public static Traits applied(Traits traits, Options options) {
        Traits result = traits;
        if (options.has(CHUNK)) {
            result = result.withChunk(Duration.ofMillis(options.whole(CHUNK)));
        }
        if (options.has(SPEED)) {
            result = result.withCatchUpSpeed(options.decimal(SPEED));
        }
        if (options.has(MAX_SESSION)) {
            result = result.withMaxSession(Duration.ofSeconds(options.whole(MAX_SESSION)));
        }
        return result;
    }

    /** All that is wrong with values for this vendor: each alone, then together. */
    public static List<String> problems(Vendor vendor, Map<String, String> given) {
        List<VendorOption> known = of(vendor);
        List<String> problems = new ArrayList<>(OptionCheck.problems(known, given));
        if (problems.isEmpty()) {
            problems.addAll(vendor.problems(new Options(known, given)));
        }
        return List.copyOf(problems);
    }
}
