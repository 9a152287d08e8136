package io.steadyline.benchmarks.soak;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What keeper and workers have written so far. One owner. */
final class ServerLog {

    private static final Pattern START = Pattern.compile("APP_START \\{.*?\"pid\":(\\d+)");
    private static final int PIECE_BYTES = 1 << 20;
    private static final int KEPT = 3;

    private final Path file;
    private final List<String> firstErrors = new ArrayList<>();
    private long position;
    private String rest = "";
    private long workerPid;
    private int starts;
    private int waiting;
    private int errors;
    private int warnings;
    private int comebacks;

    ServerLog(Path file) {
        this.file = file;
    }

    /**
     * @param comebacks calls that were known again on a new stream
     * @param bytes of the log
     */
    record Counts(int warnings, int errors, List<String> firstErrors, int comebacks, long bytes) {

        Counts {
            firstErrors = List.copyOf(firstErrors);
        }
    }

    /** Reads what has come since the last time. */
    ServerLog read() throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            open.seek(position);
            byte[] piece = new byte[PIECE_BYTES];
            for (int count = open.read(piece); count > 0; count = open.read(piece)) {
                position += count;
                // A character that is cut in two is in no line that is looked for.
                take(rest + new String(piece, 0, count, StandardCharsets.UTF_8));
            }
        }
        return this;
    }

    private void take(String text) {
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            onLine(text.substring(from, end));
            from = end + 1;
        }
        rest = text.substring(from);
    }

    void onLine(String line) {
        Matcher start = START.matcher(line);
        if (start.find()) {
            workerPid = Long.parseLong(start.group(1));
            starts++;
        } else if (line.contains(" waits to take over")) {
            waiting++;
        } else if (line.contains("call is back on stream") || isContinued(line)) {
            comebacks++;
        } else if (line.contains(" WARN ")) {
            warnings++;
        } else if (line.contains(" ERROR ")) {
            errors++;
            if (firstErrors.size() < KEPT) {
                firstErrors.add(line);
            }
        }
    }

    private static boolean isContinued(String line) {
        return line.contains("call goes on from boot") && line.contains("on a new stream");
    }

    /** Of the worker that serves; empty before the first one does. */
    OptionalLong workerPid() {
        return workerPid == 0 ? OptionalLong.empty() : OptionalLong.of(workerPid);
    }

    /** Workers that have begun to serve. */
    int starts() {
        return starts;
    }

    /** Workers that have waited, or do, to take over. */
    int waiting() {
        return waiting;
    }

    Counts counts() {
        return new Counts(warnings, errors, firstErrors, comebacks, position);
    }
}
