package io.steadyline.bootstrap.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where settings come from.
 *
 * @param file absent: defaults and environment only
 */
public record SettingsInput(Optional<Path> file, Map<String, String> environment, FileAccess files) {

    /** Names the configuration file, unless the command line does. */
    public static final String FILE_VARIABLE = "STEADYLINE_CONFIG";

    public SettingsInput {
        environment = Map.copyOf(environment);
    }

    /** As a process is started: {@code --config}, else {@value #FILE_VARIABLE}, else no file. */
    public static SettingsInput of(Optional<Path> configOption, Map<String, String> environment) {
        Optional<Path> file = configOption.or(() -> Optional.ofNullable(environment.get(FILE_VARIABLE))
                .filter(name -> !name.isBlank())
                .map(Path::of));
        return new SettingsInput(file, environment, FileAccess.DISK);
    }
}
