package io.steadyline.bootstrap.config;

import java.util.List;
import java.util.Map;

/** The documentation, printed from the catalogue: {@code docs/configuration.md} and an example file with every key. */
final class SettingsPage {

    private static final String INTRODUCTION = """
        # Configuration

        This page is printed from the catalogue in the code; a test compares the two.

        One YAML file, named by `--config FILE` or `STEADYLINE_CONFIG`, and environment variables. Neither is needed.
        Environment wins over file, file wins over default. A variable that is set but empty counts as not set.
        [steadyline.example.yaml](steadyline.example.yaml) has every key with its default.

        ```yaml
        http:
          port: 8080
        limits:
          max-calls: 200
        ```

        Everything is checked together before anything starts. If something is wrong, all errors are listed at once, each
        with the place it comes from, and the process ends with exit code 78. Unknown keys, and unknown variables that begin
        with `STEADYLINE_`, are errors too. `./steadyline config check` shows every setting as it applies and where it comes
        from.

        - Times are written with their unit: `250 ms`, `75 s`, `2 min`, `1 h`. Queues are counted in frames of 20 ms.
        - Relative paths count from the directory that the process was started in.
        - Secrets come from a variable or from a file of their own, never from the configuration file, and are never printed.
        - Vendors of speech recognition have settings of their own, `stt.VENDOR.OPTION`: [stt-options.md](stt-options.md). Those
          of `vosk` and `azure` are shown by `./steadyline stt list vosk` or `azure` once the
          [jar of their own](speech-to-text.md#vendors-in-jars-of-their-own-vosk-and-azure) is in `stt.extensions`.
        - `WEB_CONCURRENCY` or `WORKERS` other than 1 is refused: calls live in the memory of one process.
        """;

    private SettingsPage() {}

    static String markdown() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        Catalogue.sectionHeadings().forEach((section, heading) -> {
            page.append("\n## ").append(heading).append(" (`").append(section).append("`)\n\n");
            page.append("| Key | Variable | Default | Value | What it does |\n|---|---|---|---|---|\n");
            ofSection(section).forEach(setting -> page.append(row(setting)));
        });
        page.append("\n## Variables of the launcher\n\n| Variable | What it does |\n|---|---|\n");
        for (Map.Entry<String, String> other : EnvironmentNames.OTHERS.entrySet()) {
            page.append("| `%s` | %s |\n".formatted(other.getKey(), other.getValue()));
        }
        return page.toString();
    }

    /** Every key with its default as a comment, so that the file changes nothing until a line is uncommented. */
    static String example() {
        StringBuilder file = new StringBuilder("# Every setting with its default. Uncomment what you change.\n");
        Catalogue.sectionHeadings().forEach((section, heading) -> {
            file.append("\n# ").append(heading).append('\n').append(section).append(":\n");
            ofSection(section).stream()
                    .filter(setting -> !setting.type().secret())
                    .forEach(setting -> file.append("  # %s\n  # %s: %s\n"
                            .formatted(setting.sentence(), nameIn(setting), setting.defaultText())
                            .replace(": \n", ":\n")));
        });
        return file.toString();
    }

    static String row(Setting<?> setting) {
        String key = setting.type().secret() ? "(variable only)" : "`" + setting.key() + "`";
        String given = setting.hasDefault() ? "`" + setting.defaultText() + "`" : "–";
        String unit = setting.type().unit();
        String range = setting.type().expectation()
                + (setting.type().javaType() == Integer.class && !unit.isEmpty() ? ", in " + unit : "");
        return "| %s | `%s` | %s | %s | %s |\n".formatted(key, setting.environment(), given, range, setting.sentence());
    }

    private static List<Setting<?>> ofSection(String section) {
        return Catalogue.all().stream()
                .filter(setting -> setting.section().equals(section))
                .toList();
    }

    private static String nameIn(Setting<?> setting) {
        return setting.key().substring(setting.section().length() + 1);
    }
}
