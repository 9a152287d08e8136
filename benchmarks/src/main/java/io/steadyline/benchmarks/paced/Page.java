package io.steadyline.benchmarks.paced;

/** A page with places for tables: {@code <!-- NAME:begin -->} and {@code <!-- NAME:end -->}, each on a line of its own. */
record Page(String text) {

    /** The same page with this table in its place. */
    String with(String name, String table) {
        requireMarks(name);
        int from = text.indexOf(begin(name)) + begin(name).length();
        return text.substring(0, from) + "\n" + table + text.substring(text.indexOf(end(name)));
    }

    /** @throws IllegalArgumentException there is no such place */
    void requireMarks(String name) {
        int from = text.indexOf(begin(name));
        if (from < 0 || text.indexOf(end(name)) < from) {
            throw new IllegalArgumentException(
                    "a page without " + begin(name) + " and " + end(name) + " (expected: both, in order)");
        }
    }

    private static String begin(String name) {
        return "<!-- " + name + ":begin -->";
    }

    private static String end(String name) {
        return "<!-- " + name + ":end -->";
    }
}
