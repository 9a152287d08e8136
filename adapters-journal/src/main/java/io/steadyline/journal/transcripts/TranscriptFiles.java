package io.steadyline.journal.transcripts;

import io.steadyline.port.TranscriptSink;
import io.steadyline.signal.TranscriptLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transcripts as files of JSON lines, one a call.
 *
 * <p>Puts: the media loop. Takes: the thread {@code transcripts}. Order: arrival. Bound: lines, not bytes; a line is as long
 * as what was said. Full: the new line is lost and counted, because what is written already makes a whole up to there.
 * Closed: new lines are lost and counted, queued ones are written within two seconds or lost and counted too. A disk that is
 * full, broken or of a kind without our rights costs lines, never a call and never the thread.
 */
public final class TranscriptFiles implements TranscriptSink, AutoCloseable {

    /** Why a line was lost. */
    public enum Loss {
        QUEUE_FULL,
        DISK,
        CLOSED;

        /** As a label. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Told of lost lines, on any thread; returns at once. */
    @FunctionalInterface
    public interface LossCounter {
        void onLost(long lines, Loss why);
    }

    private static final Logger LOG = LoggerFactory.getLogger(TranscriptFiles.class);
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(10);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private record Waiting(TranscriptLine line, Instant at) {}

    private final TranscriptSettings settings;
    private final Retention retention;
    private final InstantSource clock;
    private final TranscriptDisk disk;
    private final LossCounter losses;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private final Thread thread;
    private boolean closed;
    /** Taken by the writer, and neither written nor counted yet. */
    private int inHandLines;
    /** What was left at the close is counted as lost: the writer writes and counts no more. */
    private boolean abandoned;
    /** Of the writer: said once for each time that the disk fails. */
    private boolean failing;

    private TranscriptFiles(TranscriptSettings settings, InstantSource clock, TranscriptDisk disk, LossCounter losses) {
        this.settings = settings;
        this.retention = new Retention(settings.keep(), settings.totalBytes());
        this.clock = clock;
        this.disk = disk;
        this.losses = losses;
        this.thread = Thread.ofPlatform().name("transcripts").daemon().unstarted(this::run);
    }

    /** Deletes what is too old, and waits for lines. Never fails: a disk that cannot be used loses lines. */
    public static TranscriptFiles open(TranscriptSettings settings, InstantSource clock, LossCounter losses) {
        return open(settings, clock, TranscriptDisk.REAL, losses);
    }

    static TranscriptFiles open(
            TranscriptSettings settings, InstantSource clock, TranscriptDisk disk, LossCounter losses) {
        TranscriptFiles files = new TranscriptFiles(settings, clock, disk, losses);
        files.thread.start();
        return files;
    }

    @Override
    public void accept(TranscriptLine line) {
        Instant at = clock.instant();
        Loss loss;
        lock.lock();
        try {
            if (!closed && queue.size() < settings.queueLines()) {
                queue.add(new Waiting(line, at));
                changed.signalAll();
                return;
            }
            loss = closed ? Loss.CLOSED : Loss.QUEUE_FULL;
        } finally {
            lock.unlock();
        }
        losses.onLost(1, loss);
    }

    /** Writes what waits, within two seconds. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (!thread.join(CLOSE_LIMIT)) {
                abandon();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void abandon() {
        int leftLines;
        lock.lock();
        try {
            leftLines = queue.size() + inHandLines;
            queue.clear();
            inHandLines = 0;
            abandoned = true;
        } finally {
            lock.unlock();
        }
        LOG.warn("transcripts: not written within {} s; {} lines are lost", CLOSE_LIMIT.toSeconds(), leftLines);
        if (leftLines > 0) {
            losses.onLost(leftLines, Loss.CLOSED);
        }
    }

    private void run() {
        sweep();
        long sweptNs = System.nanoTime();
        for (List<Waiting> lines = take(); !lines.isEmpty() || !isDone(); lines = take()) {
            write(lines);
            if (System.nanoTime() - sweptNs >= SWEEP_EVERY.toNanos()) {
                sweep();
                sweptNs = System.nanoTime();
            }
        }
    }

    /** All that waits; empty after a while without any, or when closed. */
    private List<Waiting> take() {
        lock.lock();
        try {
            long leftNs = SWEEP_EVERY.toNanos();
            while (queue.isEmpty() && !closed && leftNs > 0) {
                leftNs = changed.awaitNanos(leftNs);
            }
            List<Waiting> lines = new ArrayList<>(queue);
            queue.clear();
            inHandLines = lines.size();
            return lines;
        } catch (InterruptedException nobodyDoesThat) {
            throw new IllegalStateException(
                    "the transcripts' thread was interrupted (expected: close)", nobodyDoesThat);
        } finally {
            lock.unlock();
        }
    }

    private boolean isDone() {
        lock.lock();
        try {
            return closed && queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void write(List<Waiting> lines) {
        Map<String, List<Waiting>> byCall = new LinkedHashMap<>();
        lines.forEach(each -> byCall.computeIfAbsent(each.line().callId().value(), id -> new ArrayList<>())
                .add(each));
        byCall.forEach((callId, its) -> {
            if (!isAbandoned()) {
                settle(its.size(), write(callId, its));
            }
        });
    }

    private boolean isAbandoned() {
        lock.lock();
        try {
            return abandoned;
        } finally {
            lock.unlock();
        }
    }

    private void settle(int lines, @Nullable Loss loss) {
        lock.lock();
        try {
            if (abandoned) {
                return;
            }
            inHandLines -= lines;
        } finally {
            lock.unlock();
        }
        if (loss != null) {
            losses.onLost(lines, loss);
        }
    }

    /** Why they are lost; null: written. */
    private @Nullable Loss write(String callId, List<Waiting> lines) {
        try {
            StringBuilder text = new StringBuilder();
            lines.forEach(
                    each -> text.append(LineJson.of(each.line(), each.at())).append('\n'));
            Path file = settings.directory().resolve(FileNames.of(callId));
            disk.append(file, ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
            if (failing) {
                failing = false;
                LOG.info("transcripts: {} can be written to again", settings.directory());
            }
            return null;
        } catch (IOException | RuntimeException unwritable) {
            // A file system may refuse our rights, or fail while it is looked through, with an unchecked exception.
            complain("cannot be written to, lines are lost", unwritable);
            return Loss.DISK;
        }
    }

    private void sweep() {
        try {
            for (Path file : retention.surplus(disk.files(settings.directory()), clock.instant())) {
                disk.delete(file);
            }
        } catch (IOException | RuntimeException unreadable) {
            complain("cannot be tidied up", unreadable);
        }
    }

    private void complain(String what, Exception cause) {
        if (!failing) {
            failing = true;
            LOG.error("transcripts: {} {}: {}", settings.directory(), what, cause.toString());
        }
    }
}
