package io.steadyline.bootstrap.config;

import io.steadyline.signal.Printable;
import io.steadyline.stt.builtin.NoRecogniser;
import io.steadyline.stt.choice.Candidate.BuiltIn;
import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Traits;
import io.steadyline.stt.vendor.Traits.Idle;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorAudio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Vendors and their options, for {@code docs/stt-options.md} and for the command line. */
public final class VendorPage {

    private static final String INTRODUCTION = """
        # Vendors of speech recognition and their options

        This page is printed from the code; a test compares the two. How they are used: [speech-to-text.md](speech-to-text.md).
        `vosk` and `azure` are not in it: their options are shown by `./steadyline stt list vosk` or `azure` once the
        [jar of their own](speech-to-text.md#vendors-in-jars-of-their-own-vosk-and-azure) is in its place.

        **No adapter has met a live account yet**: each is tested against a scripted peer that speaks the vendor's protocol, as far
        as that is published.

        Each option is a key of the configuration file (`stt.VENDOR.OPTION`) and a variable. A secret comes from its variable or
        from a file of its own, which the key that ends in `-file` names. An option without a default is not sent unless it is set.
        """;

    private VendorPage() {}

    static String markdown(List<Vendor> vendors) {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        page.append("\n"
                        + "| Vendor | Audio | Connection lives | While nobody speaks | Ends utterances itself |"
                        + " Words with times |\n")
                .append("|---|---|---|---|---|---|\n");
        vendors.forEach(vendor -> {
            Traits traits = usual(vendor);
            page.append("| [`%s`](#%s) | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            vendor.name(),
                            vendor.name(),
                            audio(traits),
                            traits.maxSession().map(SettingTypes::written).orElse("no limit known"),
                            idle(traits.idle()),
                            traits.endpointing() ? "yes" : "the gateway does",
                            traits.words() ? "yes" : "no"));
        });
        vendors.forEach(vendor -> {
            page.append("\n## ").append(vendor.name()).append("\n\n");
            page.append("| Key | Variable | Default | Value | What it does |\n|---|---|---|---|---|\n");
            VendorSettings.flat(vendor).forEach(setting -> page.append(SettingsPage.row(setting)));
        });
        return page.toString();
    }

    /** A line a vendor, for people. */
    public static String list(Settings.Stt stt) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("VENDOR", "USED", "CONFIGURED", "AUDIO", "CONNECTION LIVES"));
        rows.add(List.of(
                BuiltIn.NAME, used(stt, BuiltIn.NAME), "yes (no words)", "the call's own", "as long as the call"));
        rows.add(List.of(NoRecogniser.NAME, used(stt, NoRecogniser.NAME), "yes (hears nothing)", "–", "–"));
        for (VendorSetup setup : stt.known()) {
            List<String> problems = setup.problems();
            Traits traits = CommonOptions.applied(usual(setup.vendor()), setup.options());
            rows.add(List.of(
                    setup.name(),
                    used(stt, setup.name()),
                    problems.isEmpty() ? "yes" : "no: " + Printable.of(String.join("; ", problems), 200),
                    audio(traits),
                    traits.maxSession().map(SettingTypes::written).orElse("no limit known")));
        }
        return table(rows);
    }

    /** The options of one. */
    public static String options(VendorSetup setup) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("KEY", "VARIABLE", "DEFAULT", "VALUE", "WHAT IT DOES"));
        VendorSettings.flat(setup.vendor())
                .forEach(setting -> rows.add(List.of(
                        setting.key(),
                        setting.environment(),
                        setting.hasDefault() ? setting.defaultText() : "-",
                        setting.type().expectation(),
                        setting.sentence())));
        return table(rows);
    }

    private static Traits usual(Vendor vendor) {
        return vendor.traits(new Options(CommonOptions.of(vendor), Map.of()));
    }

    private static String used(Settings.Stt stt, String name) {
        int place = stt.vendors().indexOf(name);
        return place < 0 ? "-" : String.valueOf(place + 1);
    }

    private static String audio(Traits traits) {
        return traits.audio().stream().map(VendorPage::audio).collect(Collectors.joining(", "));
    }

    private static String audio(VendorAudio audio) {
        return audio.encoding().name().toLowerCase(Locale.ROOT) + " " + audio.sampleRateHz() / 1000 + " kHz";
    }

    private static String idle(Idle idle) {
        return switch (idle) {
            case Idle.Nothing() -> "nothing is needed";
            case Idle.Message(Duration every) -> "a message each " + SettingTypes.written(every);
            case Idle.Silence(Duration after) -> "silence after " + SettingTypes.written(after);
        };
    }

    private static String table(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(i == columns - 1 ? row.get(i) : pad(row.get(i), widths[i] + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        });
        return text.toString();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
