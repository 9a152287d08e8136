package io.steadyline.keeper;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** One line to standard error: UTC time, KEEPER, a sentence. Any thread; waits while nobody takes standard error. */
final class KeeperLog {

    private static final PrintStream ERR =
            new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

    private KeeperLog() {}

    static void say(String sentence) {
        ERR.println(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " KEEPER " + sentence);
    }
}
