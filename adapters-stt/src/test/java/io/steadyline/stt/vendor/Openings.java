package io.steadyline.stt.vendor;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Connections of a call in English, opened at {@link #AT} with the key that peers accept. */
public final class Openings {

    public static final Instant AT = Instant.ofEpochSecond(1_800_000_000);

    private Openings() {}

    public static Opening of(Vendor vendor, Map<String, String> given) {
        return of(vendor, given, List.of(), "");
    }

    public static Opening of(Vendor vendor, Map<String, String> given, List<String> hints, String context) {
        Options options = options(vendor, given);
        VendorAudio audio = vendor.traits(options).audio().getFirst();
        return new Opening("call-1", 1, audio, options, options.text(CommonOptions.LANGUAGE), hints, context, AT);
    }

    public static Opening withAudio(Opening opening, VendorAudio audio) {
        return new Opening(
                opening.sessionId(),
                opening.attempt(),
                audio,
                opening.options(),
                opening.language(),
                opening.hints(),
                opening.context(),
                opening.at());
    }

    public static Options options(Vendor vendor, Map<String, String> given) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("key", "good-key"));
        all.putAll(given);
        return new Options(CommonOptions.of(vendor), all);
    }
}
