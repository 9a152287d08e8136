package io.steadyline.stt.voskserver;

import static io.steadyline.stt.vendor.VendorOption.address;
import static io.steadyline.stt.vendor.VendorOption.flag;
import static io.steadyline.stt.vendor.VendorOption.many;
import static io.steadyline.stt.vendor.VendorOption.oneOf;
import static io.steadyline.stt.vendor.VendorOption.whole;

import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import io.steadyline.stt.vendor.VendorOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A vosk-server. It knows no key and no language: the model that it was started with decides. It answers each message with
 * exactly one result.
 */
public final class VoskServerVendor implements Vendor {

    static final String URL = "url";
    static final String SAMPLE_RATE = "sample-rate";
    static final String WORDS = "words";
    static final String ALTERNATIVES = "max-alternatives";
    static final String PHRASES = "phrases";
    static final String FLUSH_BY_RESET = "flush-by-reset";
    static final String ENDPOINTING = "endpointing";

    private static final List<VendorOption> OPTIONS = List.of(
            address(URL, "", "Where the server is, such as ws://host:2700.", "ws", "wss"),
            oneOf(
                    SAMPLE_RATE,
                    "8000",
                    "config.sample_rate, 8000 or 16000; the model decides what suits it.",
                    "8000",
                    "16000"),
            flag(WORDS, true, "config.words: results have words with times and confidences."),
            whole(
                    ALTERNATIVES,
                    0,
                    10,
                    "",
                    "config.max_alternatives; the best one is used. More than 0 takes the words' confidences away."),
            many(
                            PHRASES,
                            "",
                            "config.phrase_list: nothing but these phrases is recognised, [unk] stands for all others."
                                    + " Not every model can do it. Hints are something else and are not sent.")
                    .perCallToo(),
            flag(
                    FLUSH_BY_RESET,
                    false,
                    "The server answers {\"reset\" : 1} with the final of what it has heard. Only some versions do;"
                            + " others take it for audio and fail."),
            flag(
                    ENDPOINTING,
                    false,
                    "A result is the end of an utterance, by the pauses of the model; otherwise the gateway finds the"
                            + " end itself."));

    /** One result comes for each message, so messages are not too small. */
    private static final Duration CHUNK = Duration.ofMillis(100);

    @Override
    public String name() {
        return "vosk-server";
    }

    @Override
    public List<VendorOption> options() {
        return OPTIONS;
    }

    @Override
    public Traits traits(Options options) {
        VendorAudio audio = options.whole(SAMPLE_RATE) == 16_000 ? VendorAudio.L16_16K : VendorAudio.L16_8K;
        Traits traits = Traits.of(audio).withChunk(CHUNK);
        if (options.flag(ENDPOINTING)) {
            traits = traits.withEndpointing();
        }
        if (options.flag(FLUSH_BY_RESET)) {
            traits = traits.withFlush();
        }
        return options.flag(WORDS) ? traits.withWords() : traits;
    }

    @Override
    public List<String> problems(Options options) {
        return options.has(URL)
                ? List.of()
                : List.of(URL + ": missing (expected: the address of a vosk-server, such as ws://host:2700)");
    }

    @Override
    public Route route(Opening opening) {
        return new Route.WebSocket(opening.options().address(URL), Map.of());
    }

    @Override
    public Dialect dialect(Opening opening) {
        return new VoskServerDialect(opening);
    }
}
