package io.steadyline.bootstrap.config;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Vendors that belong to this project and are no part of the product's jar: who names one without its jar is told where it goes. */
public final class OwnJars {

    private static final List<String> NAMES = List.of("vosk", "azure");
    private static final String STT = "stt.";

    private OwnJars() {}

    /** What is expected where such a vendor is named that is not there; empty: it is none of these. */
    public static Optional<String> ofVendor(String name) {
        return NAMES.contains(name) ? Optional.of(sentence(name)) : Optional.empty();
    }

    /** The same for a key of a file that nobody knows. */
    static Optional<String> ofKey(String key, Collection<String> known) {
        return NAMES.stream()
                .filter(name -> key.startsWith(STT + name + "."))
                .filter(name -> known.stream().noneMatch(other -> other.startsWith(STT + name + ".")))
                .map(OwnJars::sentence)
                .findFirst();
    }

    /** The same for a variable; {@code STEADYLINE_STT_VOSK_SERVER_URL} is another vendor's. */
    static Optional<String> ofVariable(String variable, Collection<String> keys) {
        boolean ofAnother = keys.stream()
                .filter(key -> key.startsWith(STT) && key.indexOf('.', STT.length()) > 0)
                .map(key -> Setting.environmentOf(key.substring(0, key.indexOf('.', STT.length()))))
                .anyMatch(prefix -> variable.startsWith(prefix + "_"));
        return ofAnother
                ? Optional.empty()
                : NAMES.stream()
                        .filter(name -> variable.startsWith(Setting.environmentOf(STT + name) + "_"))
                        .map(OwnJars::sentence)
                        .findFirst();
    }

    private static String sentence(String name) {
        return "steadyline-stt-" + name + ".jar, a jar of its own, in the directory that stt.extensions names: see"
                + " docs/speech-to-text.md";
    }
}
