package io.steadyline.grpc.agent;

import io.steadyline.signal.CallFacts;
import io.steadyline.signal.Printable;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Matches a call when all that is set matches.
 *
 * @param accountId empty: any
 * @param dialect empty: any
 * @param parameters values by name; {@code *}: any value
 */
record BotRule(String accountId, String dialect, Map<String, String> parameters) {

    private static final String ANY = "*";

    BotRule {
        parameters = Map.copyOf(parameters);
    }

    boolean matches(CallFacts facts) {
        return (accountId.isEmpty() || accountId.equals(facts.accountId()))
                && (dialect.isEmpty() || dialect.equals(facts.dialect()))
                && parameters.entrySet().stream().allMatch(wanted -> matches(wanted, facts.parameters()));
    }

    private static boolean matches(Map.Entry<String, String> wanted, Map<String, String> parameters) {
        String value = parameters.get(wanted.getKey());
        return value != null && (wanted.getValue().equals(ANY) || wanted.getValue().equals(value));
    }

    /** In words, such as {@code dialect twilio, to=+491234}. */
    String text() {
        StringJoiner text = new StringJoiner(", ");
        if (!accountId.isEmpty()) {
            text.add("account " + Printable.of(accountId));
        }
        if (!dialect.isEmpty()) {
            text.add("dialect " + Printable.of(dialect));
        }
        new TreeMap<>(parameters).forEach((name, value) -> text.add(Printable.of(name) + "=" + Printable.of(value)));
        return text.length() == 0 ? "all" : text.toString();
    }
}
