package io.steadyline.restart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The calls that a boot cut, as lines of an aligned table. */
final class CallTable {

    private static final List<String> HEAD = List.of(
            "call", "stream", "age", "last seen", "in", "out", "lost in", "lost out ms", "marks", "numbers", "fate");

    private CallTable() {}

    /** The head first; empty without calls. */
    static List<String> lines(List<CutCall> calls) {
        if (calls.isEmpty()) {
            return List.of();
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        calls.forEach(call -> rows.add(row(call)));
        int[] widths = IntStream.range(0, HEAD.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static List<String> row(CutCall call) {
        return List.of(
                Words.safe(call.callId()),
                Words.safe(call.streamId()),
                Words.duration(call.age()),
                Words.time(call.lastSeen()),
                String.valueOf(call.framesIn()),
                String.valueOf(call.framesOut()),
                String.valueOf(call.lostInFrames()),
                String.valueOf(call.lostOutMs()),
                String.valueOf(call.marksOutstanding()),
                call.exact() ? "exact" : "estimate",
                Words.of(call.fate()));
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
        }
        return line.toString().stripTrailing();
    }
}
