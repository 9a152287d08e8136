package io.steadyline.bootstrap.config;

import java.util.Locale;

/**
 * One leaf of the configuration.
 *
 * @param key as in the file, {@code section.name}
 * @param environment the variable that overrides the file
 * @param defaultText parsed like any other text; empty: absent unless given
 * @param sentence what it does, for the documentation page
 */
public record Setting<T>(String key, String environment, SettingType<T> type, String defaultText, String sentence) {

    static final String PREFIX = "STEADYLINE_";

    /** The name that follows from the key, used wherever no other name is established. */
    static String environmentOf(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    public String section() {
        return key.substring(0, key.indexOf('.'));
    }

    public boolean hasDefault() {
        return !defaultText.isEmpty();
    }

    @Override
    public String toString() {
        return key;
    }
}
