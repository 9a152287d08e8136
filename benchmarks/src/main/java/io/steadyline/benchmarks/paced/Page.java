package io.steadyline.benchmarks.paced;

/** A page with places for tables: {@code <!-- NAME:begin -->} and {@code <!-- NAME:end -->}, each on a line of its own. */
record Page(String text) {

    /** The same page with this table in its place. */
    String with(String name, String table) {
        String begin = "<!-- " + name + ":begin -->";
        String end = "<!-- " + name + ":end -->";
        int from = text.indexOf(begin);
        int to = text.indexOf(end);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(
                    "a page without " + begin + " and " + end + " (expected: both, in order)");
        }
        return text.substring(0, from + begin.length()) + "\n" + table + text.substring(to);
    }
}
