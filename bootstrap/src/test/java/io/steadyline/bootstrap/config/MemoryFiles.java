package io.steadyline.bootstrap.config;

import io.steadyline.stt.Vendors;
import io.steadyline.stt.vendor.Vendor;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files by name, in memory; with the shorthand of the tests. */
final class MemoryFiles implements FileAccess {

    static final Path CONFIG = Path.of("steadyline.yaml");

    private final Map<Path, String> texts = new HashMap<>();
    private List<Vendor> vendors = Vendors.all();

    MemoryFiles with(String name, String text) {
        texts.put(Path.of(name), text);
        return this;
    }

    /** Instead of those of this build. */
    MemoryFiles withVendors(Vendor... others) {
        vendors = List.of(others);
        return this;
    }

    /** With a configuration file and variables in pairs. */
    LoadOutcome load(String yaml, String... environment) {
        return Settings.load(
                new SettingsInput(Optional.of(CONFIG), variables(environment), with(CONFIG.toString(), yaml), vendors));
    }

    /** Without a file. */
    LoadOutcome loadEnvironment(String... environment) {
        return Settings.load(new SettingsInput(Optional.empty(), variables(environment), this, vendors));
    }

    @Override
    public boolean isReadable(Path file) {
        return texts.containsKey(file);
    }

    @Override
    public String read(Path file) throws IOException {
        String text = texts.get(file);
        if (text == null) {
            throw new NoSuchFileException(file.toString());
        }
        return text;
    }

    private static Map<String, String> variables(String... pairs) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            variables.put(pairs[i], pairs[i + 1]);
        }
        return variables;
    }
}
