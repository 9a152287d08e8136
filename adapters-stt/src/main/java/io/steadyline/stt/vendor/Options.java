package io.steadyline.stt.vendor;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values of a vendor's options: checked, defaults filled in. Asking for a name that the vendor does not have is a bug. */
public final class Options {

    private final Map<String, VendorOption> known;
    private final Map<String, String> values;

    /**
     * @param known the vendor's own and the common ones
     * @param given checked by {@link OptionCheck}; empty text counts as not given
     */
    public Options(List<VendorOption> known, Map<String, String> given) {
        this.known = new LinkedHashMap<>();
        known.forEach(option -> this.known.put(option.name(), option));
        this.values = new LinkedHashMap<>();
        known.forEach(option -> {
            String value = given.getOrDefault(option.name(), "").strip();
            this.values.put(option.name(), value.isEmpty() ? option.fallback() : value);
        });
    }

    /** The same, some of them otherwise. */
    public Options with(Map<String, String> others) {
        Map<String, String> merged = new LinkedHashMap<>(values);
        merged.putAll(others);
        return new Options(List.copyOf(known.values()), merged);
    }

    public boolean has(String name) {
        return !text(name).isEmpty();
    }

    /** Empty when neither a value nor a default is there. */
    public String text(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("option: " + name + " (expected: one of " + values.keySet() + ")");
        }
        return value;
    }

    public Optional<String> find(String name) {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** False when it is not set. */
    public boolean flag(String name) {
        return Boolean.parseBoolean(text(name));
    }

    public long whole(String name) {
        return Long.parseLong(text(name));
    }

    public double decimal(String name) {
        return Double.parseDouble(text(name));
    }

    public List<String> many(String name) {
        return Arrays.stream(text(name).split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    public URI address(String name) {
        return URI.create(text(name));
    }

    /** Names alone: values may be secret. */
    @Override
    public String toString() {
        return "options " + values.keySet();
    }
}
