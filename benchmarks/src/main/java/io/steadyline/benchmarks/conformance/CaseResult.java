package io.steadyline.benchmarks.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What the suite says of one case.
 *
 * @param id such as {@code 6.4.1}
 * @param behaviour OK, NON-STRICT, INFORMATIONAL, or something worse
 * @param closeBehaviour the same for how the connection ended
 */
record CaseResult(String id, String behaviour, String closeBehaviour) {

    static final String OK = "OK";
    static final String NON_STRICT = "NON-STRICT";
    static final String INFORMATIONAL = "INFORMATIONAL";

    private static final Set<String> PASSED = Set.of(OK, NON_STRICT, INFORMATIONAL);

    /** The results for this agent, in the suite's order. */
    static List<CaseResult> read(Path index, String agent) throws IOException {
        JsonNode cases = new ObjectMapper().readTree(index.toFile()).path(agent);
        List<CaseResult> results = new ArrayList<>();
        cases.properties()
                .forEach(one -> results.add(new CaseResult(
                        one.getKey(),
                        one.getValue().path("behavior").asText("missing"),
                        one.getValue().path("behaviorClose").asText("missing"))));
        results.sort(Comparator.comparing(CaseResult::numbers, Arrays::compare));
        return results;
    }

    int section() {
        return numbers()[0];
    }

    boolean isPassed() {
        return PASSED.contains(behaviour) && PASSED.contains(closeBehaviour);
    }

    /** OK in both, so that nobody needs to read about it. */
    boolean isOk() {
        return behaviour.equals(OK) && closeBehaviour.equals(OK);
    }

    private int[] numbers() {
        return Arrays.stream(id.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
    }
}
