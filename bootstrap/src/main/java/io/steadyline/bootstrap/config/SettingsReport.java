package io.steadyline.bootstrap.config;

import io.steadyline.signal.Printable;
import java.util.List;

/** What {@code config check} prints: every setting as it applies, and where it comes from. Secrets are masked. */
public final class SettingsReport {

    private static final int MAX_VALUE_CHARS = 200;

    private SettingsReport() {}

    public static String of(LoadOutcome.Loaded loaded) {
        StringBuilder text = new StringBuilder();
        int keyWidth =
                widest(loaded.effective().stream().map(e -> e.setting().key()).toList());
        int valueWidth =
                widest(loaded.effective().stream().map(SettingsReport::shown).toList());
        String row = "%-" + keyWidth + "s  %-" + valueWidth + "s  %s%n";
        for (Effective<?> entry : loaded.effective()) {
            text.append(row.formatted(
                    entry.setting().key(),
                    shown(entry),
                    Printable.of(entry.origin().toString(), MAX_VALUE_CHARS)));
        }
        loaded.notices()
                .forEach(notice -> text.append("Notice: ").append(notice).append(System.lineSeparator()));
        return text.toString();
    }

    private static String shown(Effective<?> entry) {
        return Printable.of(entry.shown(), MAX_VALUE_CHARS);
    }

    /** One long path must not push the last column of all others out of sight. */
    private static int widest(List<String> words) {
        return Math.min(40, words.stream().mapToInt(String::length).max().orElse(1));
    }
}
