package io.steadyline.bootstrap.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * How the text of a setting becomes a value.
 *
 * @param expectation completes "expected: …"
 * @param unit of a number written without one; empty when there is none
 * @param secret never printed, and never written into the configuration file
 * @param parser empty when the text is not as expected
 * @param shown the value as a user would write it
 */
public record SettingType<T>(
        Class<T> javaType,
        String expectation,
        String unit,
        boolean secret,
        Parser<T> parser,
        Function<T, String> shown) {

    /** From text to value. Pure, but for files that the text names. */
    @FunctionalInterface
    public interface Parser<T> {
        Optional<T> parse(String text, FileAccess files);
    }

    Optional<T> parse(String text, FileAccess files) {
        return parser.parse(text.strip(), files);
    }
}
