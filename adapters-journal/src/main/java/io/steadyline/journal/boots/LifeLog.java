package io.steadyline.journal.boots;

import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.Evidence;
import io.steadyline.restart.Evidence.OwnDecision;
import io.steadyline.restart.Evidence.OwnReason;
import io.steadyline.restart.Evidence.Uncaught;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notes of one boot about its own life, in {@code <dataDir>/boots/<number>-<bootId>.life}. The file is opened at boot
 * and stays open, so that a note needs no new descriptor; each note is one {@code write}, which is with the kernel when
 * {@link #note} returns and survives any death of the process. Not synced: the death of the machine may take the last.
 *
 * <p>Any thread, also an interrupted one, a signal's handler, or one that just ran out of memory. Nothing here throws; what
 * could not be noted is counted. The stream is neither interruptible nor in need of direct memory, as a channel would be.
 */
public final class LifeLog implements AutoCloseable {

    /** 4 MiB, some ten thousand notes: a flood of exceptions must not fill the disk. Last words are noted beyond it. */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(LifeLog.class);

    private final OutputStream out;
    private final boolean open;
    private long bytes;
    private long notes;
    private long failures;
    private boolean torn;

    private LifeLog(OutputStream out, boolean open) {
        this.out = out;
        this.open = open;
    }

    /** Never fails: without a file, {@link #isOpen} is false and each note is counted as a failure. */
    public static LifeLog open(Path dataDir, BootIdentity boot) {
        Path file = BootFiles.file(BootFiles.directory(dataDir), boot.number(), boot.bootId(), BootFiles.LIFE);
        try {
            BootFiles.createDirectory(BootFiles.directory(dataDir));
            createIfAbsent(file);
            LifeLog log = new LifeLog(new FileOutputStream(file.toFile(), true), true);
            log.append(LifeLine.of(boot));
            warm();
            return log;
        } catch (IOException unwritable) {
            LOG.warn("{}: no notes of this boot's life will be kept: {}", file, unwritable.toString());
            return new LifeLog(OutputStream.nullOutputStream(), false);
        }
    }

    private static void createIfAbsent(Path file) throws IOException {
        try {
            BootFiles.create(file);
        } catch (FileAlreadyExistsException again) {
            LOG.warn("{} is there already; notes are added to it", file);
        }
    }

    /** Classes that are needed to write are loaded now, and not when memory or descriptors have run out. */
    private static void warm() throws IOException {
        LifeLine.of(new OwnDecision(Instant.EPOCH, OwnReason.THREADS, ""));
        LifeLine.of(new Uncaught(Instant.EPOCH, "", "", ""));
    }

    /** False: it was not noted. */
    public synchronized boolean note(Evidence note) {
        try {
            if (!open || (bytes >= MAX_BYTES && !isLastWord(note))) {
                failures++;
                return false;
            }
            append(LifeLine.of(note));
            notes++;
            return true;
        } catch (IOException | RuntimeException | Error unwritable) {
            // Neither logged nor passed on: the caller may be about to die of just this.
            failures++;
            return false;
        }
    }

    private static boolean isLastWord(Evidence note) {
        return switch (note) {
            case Evidence.CleanMark _,
                    Evidence.StopAsked _,
                    Evidence.HandOver _,
                    Evidence.OwnDecision _,
                    Evidence.RuntimeExit _,
                    Evidence.MainReturned _ -> true;
            default -> false;
        };
    }

    /** After a write that failed half-way the next one begins on a line of its own. */
    private synchronized void append(byte[] line) throws IOException {
        if (torn) {
            out.write('\n');
        }
        torn = true;
        out.write(line);
        torn = false;
        bytes += line.length;
    }

    /** Notes go to a file. */
    public boolean isOpen() {
        return open;
    }

    public synchronized long notes() {
        return notes;
    }

    /** Notes that were not written. */
    public synchronized long failures() {
        return failures;
    }

    /** What a boot left; whatever is wrong with the file is part of the answer. */
    public static Life read(Path file) {
        return LifeReader.read(file);
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException late) {
            failures++;
        }
    }
}
