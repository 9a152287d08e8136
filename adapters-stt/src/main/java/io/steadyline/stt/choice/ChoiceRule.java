package io.steadyline.stt.choice;

import io.steadyline.port.SttSpec;
import java.util.List;
import java.util.Map;

/**
 * Calls of a kind, and what they get.
 *
 * @param conditions all must hold; at least one
 * @param vendors instead of the usual list; empty: the usual list
 * @param options by name: {@code language}, {@code hints}, an option of the first vendor, or {@code vendor.option}
 */
public record ChoiceRule(List<Condition> conditions, List<String> vendors, Map<String, String> options) {

    /**
     * @param subject {@value SttSpec#DIALECT}, {@value SttSpec#ACCOUNT}, or the name of a parameter of the call
     * @param pattern the whole value; {@code *} stands for any text
     */
    public record Condition(String subject, String pattern) {

        boolean holds(SttSpec call) {
            String value = call.options().get(keyOf(subject));
            return value != null && matches(pattern, value);
        }

        private static String keyOf(String subject) {
            return subject.equals(SttSpec.DIALECT) || subject.equals(SttSpec.ACCOUNT)
                    ? subject
                    : SttSpec.PARAMETER + subject;
        }

        /** Without regular expressions: the value comes from outside. */
        private static boolean matches(String pattern, String value) {
            List<String> parts = List.of(pattern.split("\\*", -1));
            if (parts.size() == 1) {
                return value.equals(pattern);
            }
            String first = parts.getFirst();
            String last = parts.getLast();
            if (!value.startsWith(first) || !value.endsWith(last) || value.length() < first.length() + last.length()) {
                return false;
            }
            String middle = value.substring(first.length(), value.length() - last.length());
            int from = 0;
            for (String part : parts.subList(1, parts.size() - 1)) {
                int at = middle.indexOf(part, from);
                if (at < 0) {
                    return false;
                }
                from = at + part.length();
            }
            return true;
        }
    }

    public ChoiceRule {
        conditions = List.copyOf(conditions);
        vendors = List.copyOf(vendors);
        options = Map.copyOf(options);
        if (conditions.isEmpty()) {
            throw new IllegalArgumentException("conditions: none (expected: at least one)");
        }
    }

    boolean holds(SttSpec call) {
        return conditions.stream().allMatch(condition -> condition.holds(call));
    }
}
