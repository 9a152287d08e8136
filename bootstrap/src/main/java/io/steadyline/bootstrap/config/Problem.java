package io.steadyline.bootstrap.config;

import io.steadyline.signal.Printable;

/**
 * One reason to refuse a configuration.
 *
 * @param key the setting, or what stands in its place
 * @param value what was given, safe to print; never a secret
 * @param expectation what would have been right
 */
public record Problem(Origin origin, String key, String value, String expectation) {

    private static final int MAX_VALUE_CHARS = 200;

    /** With a value from outside, which is quoted and escaped. */
    static Problem ofValue(Origin origin, Setting<?> setting, String given) {
        String value = setting.type().secret() ? "(hidden)" : '"' + Printable.of(given, MAX_VALUE_CHARS) + '"';
        return new Problem(origin, setting.key(), value, setting.type().expectation());
    }

    @Override
    public String toString() {
        return origin + ": " + key + ": " + value + " (expected: " + expectation + ")";
    }
}
