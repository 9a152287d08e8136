package io.steadyline.stt.vendor;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what is wrong with values that somebody wrote. */
public final class OptionCheck {

    private static final int SHOWN_CHARS = 60;

    private OptionCheck() {}

    /** One sentence for each value that cannot be used; empty: all can. Secrets are not repeated. */
    public static List<String> problems(List<VendorOption> known, Map<String, String> given) {
        List<String> problems = new ArrayList<>();
        given.forEach((name, value) -> known.stream()
                .filter(option -> option.name().equals(name))
                .findFirst()
                .ifPresentOrElse(
                        option -> problem(option, value).ifPresent(problems::add),
                        () -> problems.add(name + ": unknown (expected: one of "
                                + String.join(
                                        ", ",
                                        known.stream().map(VendorOption::name).toList()) + ")")));
        return problems;
    }

    /** Empty: the value can be used. */
    public static Optional<String> problem(VendorOption option, String value) {
        if (value.isBlank()) {
            return Optional.empty();
        }
        return expectation(option.type(), value.strip())
                .map(expected -> option.name() + ": " + shown(option, value) + " (expected: " + expected + ")");
    }

    private static Optional<String> expectation(VendorOption.Type type, String value) {
        return switch (type) {
            case VendorOption.Type.Text(), VendorOption.Type.Secret() ->
                hasControl(value) ? Optional.of("no control characters") : Optional.empty();
            case VendorOption.Type.Many(), VendorOption.Type.PathTo() -> Optional.empty();
            case VendorOption.Type.Flag() ->
                "true".equals(value) || "false".equals(value) ? Optional.empty() : Optional.of("true or false");
            case VendorOption.Type.Whole(long min, long max) ->
                isWhole(value, min, max) ? Optional.empty() : Optional.of(min + " to " + max);
            case VendorOption.Type.Decimal(double min, double max) ->
                isDecimal(value, min, max) ? Optional.empty() : Optional.of(min + " to " + max);
            case VendorOption.Type.OneOf(List<String> choices) ->
                choices.contains(value) ? Optional.empty() : Optional.of("one of " + String.join(", ", choices));
            case VendorOption.Type.Address(List<String> schemes) ->
                isAddress(value, schemes)
                        ? Optional.empty()
                        : Optional.of("an address such as " + schemes.getFirst() + "://host:port/path");
        };
    }

    private static boolean hasControl(String value) {
        return value.chars().anyMatch(Character::isISOControl);
    }

    private static boolean isWhole(String value, long min, long max) {
        try {
            long number = Long.parseLong(value);
            return number >= min && number <= max;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static boolean isDecimal(String value, double min, double max) {
        try {
            double number = Double.parseDouble(value);
            return number >= min && number <= max;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static boolean isAddress(String value, List<String> schemes) {
        try {
            URI uri = new URI(value);
            return uri.getHost() != null && schemes.contains(uri.getScheme());
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }

    private static String shown(VendorOption option, String value) {
        if (option.type() instanceof VendorOption.Type.Secret) {
            return "(not shown)";
        }
        return value.length() > SHOWN_CHARS ? value.substring(0, SHOWN_CHARS) + "…" : value;
    }
}
