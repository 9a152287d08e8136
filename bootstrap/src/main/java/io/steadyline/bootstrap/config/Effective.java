package io.steadyline.bootstrap.config;

import java.util.Optional;

/**
 * A setting as it applies.
 *
 * @param value absent: not given and without default, or bad
 * @param bad given, but refused
 */
public record Effective<T>(Setting<T> setting, Optional<T> value, Origin origin, boolean bad) {

    /** As a user would write it; secrets masked. */
    public String shown() {
        return value.map(setting.type().shown()).orElse("(not set)");
    }
}
