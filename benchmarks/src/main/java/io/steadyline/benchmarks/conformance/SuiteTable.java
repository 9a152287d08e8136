package io.steadyline.benchmarks.conformance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The suite's results by section, and by name those that are not plainly OK. */
final class SuiteTable {

    /** As the suite names them. */
    static final Map<Integer, String> SECTIONS = new TreeMap<>(Map.of(
            1, "framing",
            2, "pings and pongs",
            3, "reserved bits",
            4, "opcodes",
            5, "fragmentation",
            6, "UTF-8",
            7, "closing",
            9, "limits and performance",
            10, "miscellaneous"));

    private SuiteTable() {}

    static String of(List<CaseResult> results) {
        StringBuilder text = new StringBuilder("""
            | Section | cases | OK | NON-STRICT | INFORMATIONAL | FAILED | close: OK | INFORMATIONAL | FAILED |
            |---|---|---|---|---|---|---|---|---|
            """);
        SECTIONS.forEach((number, name) -> {
            List<CaseResult> of =
                    results.stream().filter(one -> one.section() == number).toList();
            if (!of.isEmpty()) {
                text.append(row(number + " " + name, of));
            }
        });
        text.append(row("all", results));
        Map<String, List<CaseResult>> notOk = results.stream()
                .filter(one -> !one.isOk())
                .collect(Collectors.groupingBy(SuiteTable::words, TreeMap::new, Collectors.toList()));
        notOk.forEach((words, of) -> text.append("\n")
                .append(words)
                .append(": ")
                .append(of.stream().map(CaseResult::id).collect(Collectors.joining(", ")))
                .append(".\n"));
        return text.toString();
    }

    private static String words(CaseResult result) {
        return result.behaviour().equals(result.closeBehaviour())
                ? result.behaviour()
                : result.behaviour() + ", close " + result.closeBehaviour();
    }

    private static String row(String name, List<CaseResult> of) {
        return "| " + name + " | " + of.size()
                + columns(of, CaseResult::behaviour, CaseResult.OK, CaseResult.NON_STRICT, CaseResult.INFORMATIONAL)
                + columns(of, CaseResult::closeBehaviour, CaseResult.OK, CaseResult.INFORMATIONAL) + " |\n";
    }

    /** How many of each, and of all others, which is what the suite has several words for. */
    private static String columns(List<CaseResult> of, Function<CaseResult, String> what, String... words) {
        StringBuilder text = new StringBuilder();
        long left = of.size();
        for (String word : words) {
            long count = of.stream().filter(one -> what.apply(one).equals(word)).count();
            left -= count;
            text.append(" | ").append(count);
        }
        return text.append(" | ").append(left).toString();
    }
}
