package io.steadyline.bootstrap.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides for each setting which source counts: environment over file over default. A bad value counts in neither. */
final class Resolver {

    private final Map<String, String> environment;
    private final Optional<ConfigFile> file;
    private final FileAccess files;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Effective<?>> effective = new LinkedHashMap<>();

    Resolver(Map<String, String> environment, Optional<ConfigFile> file, FileAccess files) {
        this.environment = environment;
        this.file = file;
        this.files = files;
    }

    /** These and all that were resolved before, with all their problems. */
    Values resolve(List<Setting<?>> settings) {
        settings.forEach(setting -> effective.put(setting.key(), resolve(setting)));
        return new Values(new LinkedHashMap<>(effective));
    }

    List<Problem> problems() {
        return problems;
    }

    private <T> Effective<T> resolve(Setting<T> setting) {
        int problemsBefore = problems.size();
        // Both are read even though one wins: an error that shows only once the variable is gone helps nobody.
        Optional<Effective<T>> fromFile = fromFile(setting);
        Optional<Effective<T>> fromEnvironment = fromEnvironment(setting);
        boolean bad = problems.size() > problemsBefore;
        return fromEnvironment.or(() -> fromFile).orElseGet(() -> fromDefault(setting, bad));
    }

    private <T> Optional<Effective<T>> fromFile(Setting<T> setting) {
        ConfigFile.Entry entry = file.isEmpty() ? null : file.get().entries().get(setting.key());
        if (entry == null) {
            return Optional.empty();
        }
        Origin origin = file.get().originOf(entry);
        if (setting.type().secret()) {
            String instead = "the name of a file that holds it, as " + setting.key() + "-file; or the variable "
                    + setting.environment();
            problems.add(new Problem(origin, setting.key(), "a secret in this file", instead));
            return Optional.empty();
        }
        return parsed(setting, entry.text(), origin);
    }

    private <T> Optional<Effective<T>> fromEnvironment(Setting<T> setting) {
        String text = environment.getOrDefault(setting.environment(), "");
        // Set but empty is how compose files and shells say "not set".
        return text.isBlank() ? Optional.empty() : parsed(setting, text, new Origin.Environment(setting.environment()));
    }

    private <T> Effective<T> fromDefault(Setting<T> setting, boolean bad) {
        Optional<T> value =
                bad || !setting.hasDefault() ? Optional.empty() : setting.type().parse(setting.defaultText(), files);
        return new Effective<>(setting, value, new Origin.Default(), bad);
    }

    private <T> Optional<Effective<T>> parsed(Setting<T> setting, String text, Origin origin) {
        Optional<T> value = setting.type().parse(text, files);
        if (value.isEmpty()) {
            Problem problem = Problem.ofValue(origin, setting, text);
            problems.add(EnvironmentNames.isServiceLinkUrl(text) ? withServiceLinkHint(problem) : problem);
            return Optional.empty();
        }
        return Optional.of(new Effective<>(setting, value, origin, false));
    }

    private static Problem withServiceLinkHint(Problem problem) {
        String hint = problem.expectation() + "; this looks like a Kubernetes service link, which"
                + " enableServiceLinks: false in the pod turns off";
        return new Problem(problem.origin(), problem.key(), problem.value(), hint);
    }
}
