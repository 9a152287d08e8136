package io.steadyline.journal.boots;

import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.Evidence;
import io.steadyline.restart.Evidence.Missing;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads what is readable of a life log, whatever happened to the file, and says what is not. */
final class LifeReader {

    /** Twice what a log grows to. */
    private static final int MAX_BYTES = 2 * LifeLog.MAX_BYTES;

    /** Of one file: more would only say the same. */
    private static final int MAX_COMPLAINTS = 10;

    private final Path file;
    private final List<Evidence> notes = new ArrayList<>();
    private Optional<BootIdentity> boot = Optional.empty();
    private int complaints;

    private LifeReader(Path file) {
        this.file = file;
    }

    static Life read(Path file) {
        LifeReader reader = new LifeReader(file);
        try (InputStream in = Files.newInputStream(file)) {
            reader.lines(in.readNBytes(MAX_BYTES));
            if (in.read() >= 0) {
                reader.complain("longer than " + MAX_BYTES + " bytes");
            }
        } catch (IOException unreadable) {
            reader.complain(String.valueOf(unreadable));
        }
        return reader.life();
    }

    private void lines(byte[] content) {
        int from = 0;
        int line = 1;
        for (int at = 0; at < content.length; at++) {
            if (content[at] == '\n') {
                line(line++, Arrays.copyOfRange(content, from, at));
                from = at + 1;
            }
        }
        if (from < content.length) {
            complain("line " + line + ": torn after " + (content.length - from) + " bytes");
        }
    }

    private void line(int number, byte[] line) {
        if (line.length == 0) {
            // A write after a torn one begins with a line feed.
            return;
        }
        try {
            if (number == 1) {
                boot = Optional.of(LifeLine.boot(line));
            } else {
                notes.add(LifeLine.note(line));
            }
        } catch (IOException unreadable) {
            String why = unreadable.getMessage() == null ? "" : unreadable.getMessage();
            complain("line " + number + ": " + why.lines().findFirst().orElse(""));
        }
    }

    private void complain(String why) {
        if (complaints++ < MAX_COMPLAINTS) {
            notes.add(new Missing(Missing.LIFE_NOTES, why));
        }
    }

    private Life life() {
        if (complaints > MAX_COMPLAINTS) {
            notes.add(new Missing(Missing.LIFE_NOTES, (complaints - MAX_COMPLAINTS) + " more lines"));
        }
        return new Life(file, boot.orElseGet(this::unknown), notes);
    }

    private BootIdentity unknown() {
        Optional<BootFiles.Named> name = BootFiles.parse(file);
        return new BootIdentity(
                name.map(BootFiles.Named::bootId).orElse("unknown"),
                name.map(BootFiles.Named::number).orElse(0L),
                lastWritten(),
                -1,
                "unknown",
                "unknown",
                "unknown",
                "",
                List.of());
    }

    private Instant lastWritten() {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException gone) {
            complain("no time of writing: " + gone);
            return Instant.EPOCH;
        }
    }
}
