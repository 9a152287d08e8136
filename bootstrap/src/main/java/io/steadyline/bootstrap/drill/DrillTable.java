package io.steadyline.bootstrap.drill;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What came of each fault, as a table in Markdown: a row for each number of the list, and for each drill. One thread. */
public final class DrillTable {

    /** Of the part of a page that the table stands in. */
    private static final String BEGIN = "<!-- faults:begin -->";

    private static final String END = "<!-- faults:end -->";

    private static final int FAULTS = 49;
    private static final String HEAD = """
        | # | Fault | Drill | Result | What you see | What you lose |
        |---|---|---|---|---|---|
        """;
    private static final String NOT_IN_THIS_RUN = "not run yet";

    private final Map<String, String> rows = new HashMap<>();

    /** It was as it has to be. */
    public void ok(Drill drill, DrillResult result) {
        add(drill, "ok", result.seen(), result.lost());
    }

    /** It was not. */
    public void failed(Drill drill, String why) {
        add(drill, "**not ok**", why, "");
    }

    /** It could not be caused here. */
    public void notRun(Drill drill, String why) {
        add(drill, "not run", why, "");
    }

    private void add(Drill drill, String result, String seen, String lost) {
        rows.put(drill.label(), row(drill.number(), drill.what(), '`' + drill.label() + '`', result, seen, lost));
    }

    /** All rows, in the order of the list; those of earlier runs are taken from the page where this run has none. */
    public String text(String page) {
        Map<String, String> known = new HashMap<>(earlier(page));
        known.putAll(rows);
        StringBuilder table = new StringBuilder(HEAD);
        IntStream.rangeClosed(1, FAULTS)
                .forEach(number ->
                        rowsOf(number, known).forEach(row -> table.append(row).append('\n')));
        return table.toString();
    }

    /** The same page with the table of {@link #text} between its marks. */
    public String writtenInto(String page) {
        int from = page.indexOf(BEGIN);
        int to = page.indexOf(END);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(
                    "a page without " + BEGIN + " and " + END + " (expected: both, in order)");
        }
        return page.substring(0, from + BEGIN.length()) + "\n" + text(page) + page.substring(to);
    }

    private static List<String> rowsOf(int number, Map<String, String> known) {
        List<Drill> drills = Arrays.stream(Drill.values())
                .filter(drill -> drill.number() == number)
                .toList();
        List<String> found = new ArrayList<>();
        for (Drill drill : drills) {
            found.add(known.getOrDefault(
                    drill.label(), row(number, drill.what(), '`' + drill.label() + '`', NOT_IN_THIS_RUN, "", "")));
        }
        if (drills.isEmpty()) {
            Arrays.stream(Undrilled.values())
                    .filter(fault -> fault.number() == number)
                    .forEach(fault -> found.add(row(number, fault.what(), "–", "no drill", fault.why(), "")));
        }
        return found;
    }

    /** Rows that a page has already, by the drill's name. */
    private static Map<String, String> earlier(String page) {
        Map<String, String> found = new HashMap<>();
        page.lines().filter(line -> line.startsWith("| ")).forEach(line -> {
            String[] cells = line.split(" \\| ", -1);
            if (cells.length > 3 && cells[2].startsWith("`") && cells[2].endsWith("`")) {
                found.put(cells[2].substring(1, cells[2].length() - 1), line);
            }
        });
        return found;
    }

    private static String row(int number, String... cells) {
        StringBuilder row = new StringBuilder("| " + number);
        for (String cell : cells) {
            row.append(" | ").append(cell.replace('|', '/').replaceAll("\\s+", " "));
        }
        return row.append(" |").toString();
    }
}
