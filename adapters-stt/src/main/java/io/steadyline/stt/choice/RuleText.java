package io.steadyline.stt.choice;

import io.steadyline.stt.choice.ChoiceRule.Condition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules as an operator writes them, one a line or with semicolons between:
 * {@code dialect=twilio to=+49* -> vendors=google,builtin language=de-DE}. A value with blanks, commas or semicolons stands
 * in double quotes.
 */
public final class RuleText {

    private static final String ARROW = "->";
    private static final String VENDORS = "vendors";

    private RuleText() {}

    /** @throws IllegalArgumentException with the rule and what is expected of it */
    public static List<ChoiceRule> parse(String text) {
        List<ChoiceRule> rules = new ArrayList<>();
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (char c : (text + '\n').toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
                word.append(c);
            } else if (quoted || (c != ';' && !Character.isWhitespace(c))) {
                word.append(c);
            } else {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                if ((c == ';' || c == '\n') && !words.isEmpty()) {
                    rules.add(rule(words));
                    words.clear();
                }
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote is open (expected: a second one)");
        }
        return List.copyOf(rules);
    }

    private static ChoiceRule rule(List<String> words) {
        String shown = String.join(" ", words);
        int arrow = words.indexOf(ARROW);
        if (arrow < 1 || arrow == words.size() - 1) {
            throw new IllegalArgumentException(
                    "rule: " + shown + " (expected: conditions, " + ARROW + ", and what such calls get)");
        }
        List<Condition> conditions = new ArrayList<>();
        pairs(words.subList(0, arrow), shown).forEach((name, value) -> conditions.add(new Condition(name, value)));
        Map<String, String> gets = new LinkedHashMap<>(pairs(words.subList(arrow + 1, words.size()), shown));
        String vendors = gets.remove(VENDORS);
        return new ChoiceRule(conditions, vendors == null ? List.of() : names(vendors), gets);
    }

    static List<String> names(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private static Map<String, String> pairs(List<String> words, String shown) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            String value = equals < 0 ? "" : unquoted(word.substring(equals + 1));
            if (equals < 1 || value.isEmpty()) {
                throw new IllegalArgumentException("rule: " + shown + ": " + word + " (expected: name=value)");
            }
            if (pairs.put(word.substring(0, equals), value) != null) {
                throw new IllegalArgumentException("rule: " + shown + ": " + word + " (expected: each name once)");
            }
        }
        return pairs;
    }

    private static String unquoted(String value) {
        return value.replace("\"", "");
    }
}
