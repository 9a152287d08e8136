package io.steadyline.grpc.agent;

import io.steadyline.agent.v1.Hello;
import io.steadyline.agent.v1.Rule;
import io.steadyline.grpc.Refusals;
import io.steadyline.signal.Printable;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks how a bot introduces itself. Refusals are thrown as {@code StatusRuntimeException}. */
final class HelloReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MAX_TEXT_CHARS = 64;
    private static final int MAX_CAPACITY = 100_000;
    private static final int MAX_LABELS = 16;
    private static final int MAX_RULES = 64;
    private static final int MAX_PARAMETERS = 16;
    private static final int MAX_VALUE_CHARS = 256;

    private HelloReader() {}

    static BotProfile read(Hello hello) {
        if (!NAME.matcher(hello.getName()).matches()) {
            throw Refusals.invalid(
                    "hello.name",
                    "'" + Printable.of(hello.getName()) + "'",
                    "1 to 64 letters, digits, '.', '_' or '-'");
        }
        requireAtMost("hello.version", hello.getVersion(), MAX_TEXT_CHARS);
        if (hello.getCapacity() < 1 || hello.getCapacity() > MAX_CAPACITY) {
            throw Refusals.invalid("hello.capacity", hello.getCapacity(), "1 to " + MAX_CAPACITY);
        }
        requireCount("hello.labels", hello.getLabelsCount(), MAX_LABELS);
        requireTexts("hello.labels", hello.getLabelsMap(), MAX_TEXT_CHARS);
        requireCount("hello.rules", hello.getRulesCount(), MAX_RULES);
        List<BotRule> rules =
                hello.getRulesList().stream().map(HelloReader::rule).toList();
        return new BotProfile(
                hello.getName(),
                Printable.of(hello.getVersion()),
                hello.getCapacity(),
                hello.getLabelsMap(),
                rules);
    }

    private static BotRule rule(Rule rule) {
        requireAtMost("hello.rules.account_id", rule.getAccountId(), MAX_VALUE_CHARS);
        requireAtMost("hello.rules.dialect", rule.getDialect(), MAX_VALUE_CHARS);
        requireCount("hello.rules.parameters", rule.getParametersCount(), MAX_PARAMETERS);
        requireTexts("hello.rules.parameters", rule.getParametersMap(), MAX_VALUE_CHARS);
        return new BotRule(rule.getAccountId(), rule.getDialect(), rule.getParametersMap());
    }

    private static void requireTexts(String field, Map<String, String> texts, int maxChars) {
        texts.forEach((name, value) -> {
            requireAtMost(field, name, maxChars);
            requireAtMost(field, value, maxChars);
        });
    }

    private static void requireAtMost(String field, String text, int maxChars) {
        if (text.length() > maxChars) {
            throw Refusals.invalid(field, text.length() + " characters", "at most " + maxChars + " characters");
        }
    }

    private static void requireCount(String field, int count, int max) {
        if (count > max) {
            throw Refusals.invalid(field, count, "at most " + max);
        }
    }
}
