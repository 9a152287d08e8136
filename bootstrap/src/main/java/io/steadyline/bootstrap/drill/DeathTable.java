package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.bootstrap.drill.Finding.Judgement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Causes against diagnoses, with and without a parent that waits. */
final class DeathTable {

    private final Map<Death, Finding> withParent = new LinkedHashMap<>();
    private final Map<Death, Finding> alone = new LinkedHashMap<>();

    void add(Death death, boolean hasKeeper, Finding finding) {
        (hasKeeper ? withParent : alone).put(death, finding);
    }

    /** Markdown, a line each. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(
                List.of("| Row | What was done | With a parent | | Alone | |", "|---|---|---|---|---|---|"));
        withParent.keySet().stream().sorted(Comparator.comparingInt(Death::row)).forEach(death -> {
            Finding one = withParent.getOrDefault(death, Finding.doesNotApply());
            Finding other = alone.getOrDefault(death, Finding.doesNotApply());
            lines.add("| " + death.row() + " | " + death.what() + " | " + one.said() + " | " + words(one) + " | "
                    + other.said() + " | " + words(other) + " |");
        });
        lines.add("");
        lines.add(sum());
        lines.add("Alone, `asked_to_stop` is right for a stop that was cut short, and says less: nobody saw how it"
                + " ended.");
        lines.add("");
        lines.add("Not done here:");
        lines.add("");
        DeathList.NOT_DONE.forEach(what -> lines.add("- " + what));
        return lines;
    }

    private static String words(Finding finding) {
        return finding.judgement() == Judgement.DOES_NOT_APPLY
                ? ""
                : finding.judgement().words();
    }

    String sum() {
        return "With a parent: " + sum(withParent) + ". Alone: " + sum(alone) + ".";
    }

    private static String sum(Map<Death, Finding> findings) {
        return String.format(
                Locale.ROOT,
                "%d right, %d cannot tell, %d wrong, %d not run",
                count(findings, Judgement.RIGHT),
                count(findings, Judgement.CANNOT_TELL),
                count(findings, Judgement.WRONG),
                count(findings, Judgement.NOT_RUN));
    }

    private static long count(Map<Death, Finding> findings, Judgement judgement) {
        return findings.values().stream()
                .filter(finding -> finding.judgement() == judgement)
                .count();
    }

    /** @throws DrillFailure a wrong one, or one that a parent could not tell */
    void judge() throws DrillFailure {
        long wrong = Stream.of(withParent, alone)
                .mapToLong(findings -> count(findings, Judgement.WRONG))
                .sum();
        require(wrong == 0 && count(withParent, Judgement.CANNOT_TELL) == 0, sum());
    }
}
