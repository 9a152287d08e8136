package io.steadyline.bootstrap.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A token or key. Prints as stars wherever it ends up; compares in constant time. */
public final class Secret {

    static final String MASK = "*****";

    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** The secret itself, for the one place that uses it. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return MASK;
    }

    private byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
