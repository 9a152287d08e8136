package io.steadyline.bootstrap.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Effective settings by their declaration. */
final class Values {

    private final Map<String, Effective<?>> effective;

    Values(Map<String, Effective<?>> effective) {
        this.effective = effective;
    }

    List<Effective<?>> all() {
        return List.copyOf(effective.values());
    }

    /** Empty when absent or bad. */
    <T> Optional<T> find(Setting<T> setting) {
        return entry(setting).value().map(setting.type().javaType()::cast);
    }

    /** Of a setting with a default, when nothing is bad. */
    <T> T of(Setting<T> setting) {
        return find(setting)
                .orElseThrow(
                        () -> new IllegalStateException(setting.key() + ": absent (expected: a value or a default)"));
    }

    /** Neither given nor with a default; a bad value is not absent. */
    boolean isAbsent(Setting<?> setting) {
        Effective<?> entry = entry(setting);
        return entry.value().isEmpty() && !entry.bad();
    }

    boolean isGiven(Setting<?> setting) {
        return !isAbsent(setting);
    }

    boolean isBad(Setting<?> setting) {
        return entry(setting).bad();
    }

    Origin originOf(String key) {
        return Objects.requireNonNull(effective.get(key), key).origin();
    }

    Origin origin(Setting<?> setting) {
        return entry(setting).origin();
    }

    String shown(Setting<?> setting) {
        return entry(setting).shown();
    }

    private Effective<?> entry(Setting<?> setting) {
        return Objects.requireNonNull(effective.get(setting.key()), setting.key());
    }
}
