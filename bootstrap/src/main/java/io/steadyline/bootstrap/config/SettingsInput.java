package io.steadyline.bootstrap.config;

import io.steadyline.stt.Vendors;
import io.steadyline.stt.vendor.Vendor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where settings come from.
 *
 * @param file absent: defaults and environment only
 */
public record SettingsInput(
        Optional<Path> file, Map<String, String> environment, FileAccess files, List<Vendor> vendors) {

    /** Names the configuration file, unless the command line does. */
    public static final String FILE_VARIABLE = "STEADYLINE_CONFIG";

    public SettingsInput {
        environment = Map.copyOf(environment);
        vendors = List.copyOf(vendors);
    }

    /** With the vendors of this build. */
    public SettingsInput(Optional<Path> file, Map<String, String> environment, FileAccess files) {
        this(file, environment, files, Vendors.all());
    }

    /** As a process is started: {@code --config}, else {@value #FILE_VARIABLE}, else no file. */
    public static SettingsInput of(Optional<Path> configOption, Map<String, String> environment) {
        Optional<Path> file = configOption.or(() -> Optional.ofNullable(environment.get(FILE_VARIABLE))
                .filter(name -> !name.isBlank())
                .map(Path::of));
        return new SettingsInput(file, environment, FileAccess.DISK);
    }
}
