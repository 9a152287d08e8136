package io.steadyline.journal.calls;

import io.steadyline.port.CallObserver;
import io.steadyline.signal.CallFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of calls: opened at boot, it knows what earlier boots wrote, and writes what this one tells. Opening never
 * fails: whatever is wrong with its files is in {@link #damage}, with the disk in {@link #health}.
 *
 * <p>Any thread, unless said otherwise.
 */
public final class CallJournal implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CallJournal.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final JournalArchive archive;
    private final JournalWriter writer;
    private final List<String> damage;
    private final CallObserver observer;

    private CallJournal(JournalArchive archive, JournalWriter writer, List<String> damage, CallObserver observer) {
        this.archive = archive;
        this.writer = writer;
        this.damage = List.copyOf(damage);
        this.observer = observer;
    }

    /**
     * Reads the segments of the last {@link JournalSettings#keep} and starts the writer's thread. Takes as long as reading
     * them does: some ms for each MiB.
     *
     * @param bootId of this boot
     * @param bootWords of an earlier boot's id, which it was and how it ended, such as "boot 41 (ended 12:03:07Z: out of
     *     memory)"; asked by the media loop, so it answers from memory
     * @param traceparent of a call that starts; empty when it is not traced
     */
    public static CallJournal open(
            JournalSettings settings,
            String bootId,
            Function<String, Optional<String>> bootWords,
            Function<CallFacts, String> traceparent,
            InstantSource clock) {
        return open(settings, bootId, bootWords, traceparent, clock, Disk.REAL);
    }

    static CallJournal open(
            JournalSettings settings,
            String bootId,
            Function<String, Optional<String>> bootWords,
            Function<CallFacts, String> traceparent,
            InstantSource clock,
            Disk disk) {
        SegmentFiles files = new SegmentFiles(settings.directory());
        JournalArchive archive =
                new JournalArchive(bootId, bootWords, settings.keep(), settings.keepEnded(), JournalArchive.MAX_CALLS);
        List<String> damage = new ArrayList<>();
        int lastNumber = load(files, archive, clock.instant().minus(settings.keep()), damage);
        archive.sweep(clock.instant());
        JournalWriter writer = new JournalWriter(
                settings,
                files,
                disk,
                lastNumber,
                bootId,
                clock,
                archive.trails(),
                () -> archive.sweep(clock.instant()));
        CallObserver observer = new JournalObserver(
                archive, record -> tell(record, archive, writer), bootId, clock, settings, traceparent);
        writer.start();
        return new CallJournal(archive, writer, damage, observer);
    }

    /** To be told of calls, by the media loop; returns at once. */
    public CallObserver observer() {
        return observer;
    }

    public JournalArchive archive() {
        return archive;
    }

    public JournalHealth health() {
        return writer.health();
    }

    /** What could not be read at the start, one sentence each. */
    public List<String> damage() {
        return damage;
    }

    /** Writes what waits, within two seconds. */
    @Override
    public void close() {
        try {
            if (!writer.close(CLOSE_LIMIT.toMillis())) {
                log.warn(
                        "the call journal was not done within {} ms; its last records are lost",
                        CLOSE_LIMIT.toMillis());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(JournalRecord record, JournalArchive archive, JournalWriter writer) {
        archive.add(record);
        writer.offer(record);
    }

    /** Returns the number of the last segment. */
    private static int load(SegmentFiles files, JournalArchive archive, Instant since, List<String> damage) {
        int last = 0;
        try {
            files.finishRepairs();
            last = files.lastNumber();
            for (Path segment : files.segments()) {
                load(files, segment, archive, since, damage);
            }
        } catch (IOException unreadable) {
            damage.add("the journal cannot be read: " + unreadable);
        }
        return last;
    }

    private static void load(
            SegmentFiles files, Path segment, JournalArchive archive, Instant since, List<String> damage) {
        try {
            if (files.lastWritten(segment).isBefore(since)) {
                return;
            }
            SegmentReader.Content content = new SegmentReader().read(segment);
            content.records().forEach(archive::add);
            if (!content.damage().isEmpty()) {
                damage.addAll(content.damage());
                files.repair(segment, content.records());
            }
        } catch (IOException failed) {
            damage.add(segment.getFileName() + ": " + failed);
        }
    }
}
