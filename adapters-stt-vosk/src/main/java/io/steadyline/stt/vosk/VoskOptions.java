package io.steadyline.stt.vosk;

import static io.steadyline.stt.vendor.VendorOption.flag;
import static io.steadyline.stt.vendor.VendorOption.many;
import static io.steadyline.stt.vendor.VendorOption.path;
import static io.steadyline.stt.vendor.VendorOption.whole;

import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.VendorOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** All that may be set for Vosk. */
final class VoskOptions {

    static final String MODEL = "model";
    static final String GRAMMAR = "grammar";
    static final String INTERIM = "interim";
    static final String THREADS = "threads";

    static final List<VendorOption> ALL = List.of(
            path(MODEL, "Directory of an unpacked model; it decides the language and the sample rate."),
            many(GRAMMAR, "", "Only these phrases are heard, nothing else; needs a model with a dynamic graph.")
                    .perCallToo(),
            flag(INTERIM, true, "Asks the recogniser after each message for what it has so far."),
            whole(THREADS, 1, 64, "2", "Connections that are recognised at once, for all calls of one model."));

    /** One of them is in every model; the second is the place of old ones. */
    private static final List<String> ACOUSTIC_MODELS = List.of("am/final.mdl", "final.mdl");

    private VoskOptions() {}

    static List<String> problems(Options options) {
        if (!options.has(MODEL)) {
            return List.of("model: missing (expected: the directory of an unpacked Vosk model)");
        }
        String directory = options.text(MODEL);
        if (!Files.isDirectory(Path.of(directory))) {
            return List.of("model: " + directory + " (expected: the directory of an unpacked Vosk model)");
        }
        return ACOUSTIC_MODELS.stream().anyMatch(file -> Files.isRegularFile(Path.of(directory, file)))
                ? List.of()
                : List.of("model: " + directory + " has no " + ACOUSTIC_MODELS.getFirst()
                        + " (expected: the directory of an unpacked Vosk model)");
    }
}
