package io.steadyline.websocket.server;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long the thread that asks was at work, or wanted to be and had no processor; the rest of its time it waited for
 * something to do. Linux tells it for each thread (Documentation/scheduler/sched-stats.rst), in memory: a few
 * microseconds, and nothing that blocks. One thread only, the one that asks first.
 */
final class BusyTime {

    static final long UNKNOWN = -1;

    private static final Logger LOG = LoggerFactory.getLogger(BusyTime.class);
    private static final Path OF_THIS_THREAD = Path.of("/proc/thread-self/schedstat");

    private final Path file;
    private final byte[] text = new byte[80];
    private @Nullable RandomAccessFile open;
    private boolean unknown;

    BusyTime() {
        this(OF_THIS_THREAD);
    }

    BusyTime(Path file) {
        this.file = file;
    }

    /** Since the thread began; {@link #UNKNOWN} where the system does not tell. */
    long totalNs() {
        if (unknown) {
            return UNKNOWN;
        }
        try {
            RandomAccessFile told = open;
            if (told == null) {
                // Stands for the thread that opens it, for as long as it is open.
                told = new RandomAccessFile(file.toFile(), "r");
                open = told;
            }
            told.seek(0);
            int length = told.read(text);
            return sumOfTwo(length);
        } catch (IOException notTold) {
            LOG.info("how busy the media loop is cannot be known here, its lateness is: {}", notTold.getMessage());
            unknown = true;
            return UNKNOWN;
        }
    }

    /** Nanoseconds on a processor, nanoseconds of waiting for one, and a count that is of no interest. */
    private long sumOfTwo(int length) throws IOException {
        long sumNs = 0;
        long numberNs = 0;
        int blanks = 0;
        for (int i = 0; i < length && blanks < 2; i++) {
            if (text[i] >= '0' && text[i] <= '9') {
                numberNs = 10 * numberNs + text[i] - '0';
            } else {
                sumNs += numberNs;
                numberNs = 0;
                blanks++;
            }
        }
        if (blanks < 2) {
            throw new IOException(file + ": " + length + " characters (expected: three numbers)");
        }
        return sumNs;
    }
}
