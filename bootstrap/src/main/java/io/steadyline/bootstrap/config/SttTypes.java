package io.steadyline.bootstrap.config;

import io.steadyline.stt.choice.ChoiceRule;
import io.steadyline.stt.choice.RuleText;
import io.steadyline.stt.vendor.OptionCheck;
import io.steadyline.stt.vendor.VendorOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Kinds of values that recognisers are set by. */
final class SttTypes {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9.-]{0,63}");

    private SttTypes() {}

    /** Names with commas between them, each once. */
    record Names(List<String> all) {
        Names {
            all = List.copyOf(all);
        }

        @Override
        public String toString() {
            return String.join(",", all);
        }
    }

    /** @param text as it was written */
    record RuleList(String text, List<ChoiceRule> all) {
        RuleList {
            all = List.copyOf(all);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** @param example one of the names; empty: there is no typical one */
    static SettingType<Names> names(String example) {
        String expectation = "lower-case names with commas between them, each once"
                + (example.isEmpty() ? "" : ", such as " + example);
        SettingType.Parser<Names> parser = (text, files) -> {
            List<String> names = Arrays.stream(text.split(",", -1))
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .toList();
            boolean good = names.stream().allMatch(name -> NAME.matcher(name).matches())
                    && names.stream().distinct().count() == names.size();
            return good ? Optional.of(new Names(names)) : Optional.empty();
        };
        return new SettingType<>(Names.class, expectation, "", false, parser, Names::toString);
    }

    static SettingType<RuleList> choiceRules() {
        SettingType.Parser<RuleList> parser = (text, files) -> {
            try {
                return Optional.of(new RuleList(text, RuleText.parse(text)));
            } catch (IllegalArgumentException noRules) {
                return Optional.empty();
            }
        };
        return new SettingType<>(
                RuleList.class,
                "rules with semicolons or line ends between them, such as"
                        + " \"dialect=twilio to=+49* -> vendors=google,builtin language=de-DE\"",
                "",
                false,
                parser,
                RuleList::toString);
    }

    static SettingType<String> option(VendorOption option) {
        boolean secret = option.type() instanceof VendorOption.Type.Secret;
        boolean flag = option.type() instanceof VendorOption.Type.Flag;
        SettingType.Parser<String> parser = (text, files) -> {
            String value = flag ? flag(text) : text;
            return value.isEmpty() || OptionCheck.problem(option, value).isPresent()
                    ? Optional.empty()
                    : Optional.of(value);
        };
        return new SettingType<>(
                String.class, expectation(option.type()), "", secret, parser, value -> secret ? Secret.MASK : value);
    }

    private static String expectation(VendorOption.Type type) {
        return switch (type) {
            case VendorOption.Type.Text() -> "text without control characters";
            case VendorOption.Type.Secret() -> "text without control characters; never shown";
            case VendorOption.Type.Flag() -> "on or off";
            case VendorOption.Type.Whole(long min, long max) -> "a whole number from " + min + " to " + max;
            case VendorOption.Type.Decimal(double min, double max) ->
                "a number from " + plain(min) + " to " + plain(max);
            case VendorOption.Type.OneOf(List<String> choices) -> String.join(" or ", choices);
            case VendorOption.Type.Many() -> "values with commas between them";
            case VendorOption.Type.Address(List<String> schemes) ->
                "an address that begins with " + String.join(":// or ", schemes) + "://";
            case VendorOption.Type.PathTo() -> "a path on this machine";
        };
    }

    /** As on and off are written elsewhere. */
    private static String flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "on", "yes", "true" -> "true";
            case "off", "no", "false" -> "false";
            default -> text;
        };
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf((long) number)
                : String.valueOf(number);
    }
}
