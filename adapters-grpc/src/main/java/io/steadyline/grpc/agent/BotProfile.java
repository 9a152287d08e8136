package io.steadyline.grpc.agent;

import io.steadyline.signal.CallFacts;
import java.util.List;
import java.util.Map;

/**
 * What a bot says of itself when it registers; checked.
 *
 * @param rules calls that it takes: those that match any; empty: all
 */
record BotProfile(String name, String version, int capacity, Map<String, String> labels, List<BotRule> rules) {

    BotProfile {
        labels = Map.copyOf(labels);
        rules = List.copyOf(rules);
    }

    boolean takes(CallFacts facts) {
        return rules.isEmpty() || rules.stream().anyMatch(rule -> rule.matches(facts));
    }
}
