package io.steadyline.stt.vendor;

import java.util.Locale;

/** Language tags (BCP 47) for vendors that know languages but not their regions. */
public final class LanguageTag {

    private LanguageTag() {}

    /** {@code en} of {@code en-US}. */
    public static String primary(String tag) {
        int hyphen = tag.indexOf('-');
        return (hyphen < 0 ? tag : tag.substring(0, hyphen)).toLowerCase(Locale.ROOT);
    }
}
