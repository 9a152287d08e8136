package io.steadyline.journal.boots;

import io.steadyline.port.BootHistory;
import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.BootReport;
import io.steadyline.restart.RestartPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This boot and those before it, in {@code <dataDir>/boots}. Reports are read when somebody first asks, because a worker that
 * has live calls waiting has no time for them; from then on everything is in memory, and what is added goes to a file as well. A directory that cannot be used costs the files and nothing else: one warning, and {@link #isDegraded}.
 *
 * <p>Any thread. {@link #add} waits for the disk and is not for the media loop.
 */
public final class BootStore implements BootHistory {

    private static final Logger LOG = LoggerFactory.getLogger(BootStore.class);

    private static final Comparator<BootReport> NEWEST_FIRST = Comparator.comparingLong(
                    (BootReport report) -> report.boot().number())
            .thenComparing(BootReport::endedAt)
            .reversed();

    private final Path dataDir;
    private final Path directory;
    private final ReportFiles files;
    private final Retention retention;
    private final InstantSource clock;
    private final BootIdentity current;
    private volatile @Nullable List<BootReport> ended;
    private volatile Optional<String> degraded = Optional.empty();

    private BootStore(
            Path dataDir, Retention retention, InstantSource clock, LongFunction<BootIdentity> currentByNumber) {
        this.dataDir = dataDir;
        this.directory = BootFiles.directory(dataDir);
        this.files = new ReportFiles(directory);
        this.retention = retention;
        this.clock = clock;
        this.current = currentByNumber.apply(load() + 1);
    }

    /**
     * @param clock the wall clock, for ages
     * @param currentByNumber who this boot is, once its number is known
     */
    public static BootStore open(
            Path dataDir, Retention retention, InstantSource clock, LongFunction<BootIdentity> currentByNumber) {
        return new BootStore(dataDir, retention, clock, currentByNumber);
    }

    /** Returns the highest number so far. */
    private long load() {
        long highest = 0;
        try {
            files.createDirectory();
            highest = files.highestNumber();
            files.noteNumber(highest + 1);
        } catch (IOException unusable) {
            degrade(unusable);
        }
        return highest;
    }

    @Override
    public BootIdentity current() {
        return current;
    }

    @Override
    public List<BootReport> ended() {
        List<BootReport> known = ended;
        return known == null ? read() : known;
    }

    private synchronized List<BootReport> read() {
        List<BootReport> known = ended;
        if (known == null) {
            try {
                known = files.load().stream().sorted(NEWEST_FIRST).toList();
            } catch (IOException unusable) {
                degrade(unusable);
                known = List.of();
            }
            known = prune(known);
            ended = known;
        }
        return known;
    }

    @Override
    public Optional<String> pattern() {
        return RestartPattern.find(ended(), clock.instant());
    }

    /** Opens this boot's notes. Once. */
    public LifeLog openLife() {
        return LifeLog.open(dataDir, current);
    }

    /** Notes of boots before this one that nobody has made a report of, oldest first. */
    public List<Life> previousUnfinished() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try {
            List<BootFiles.Named> all = BootFiles.list(directory);
            return all.stream()
                    .filter(file -> file.kind().equals(BootFiles.LIFE) && !isCurrent(file))
                    .filter(life -> all.stream()
                            .noneMatch(other -> other.kind().equals(BootFiles.REPORT) && other.isOfSameBoot(life)))
                    .map(life -> LifeLog.read(life.file()))
                    .toList();
        } catch (IOException unreadable) {
            degrade(unreadable);
            return List.of();
        }
    }

    private boolean isCurrent(BootFiles.Named file) {
        return file.number() == current.number() && file.bootId().equals(BootFiles.plain(current.bootId()));
    }

    /** Adds a report, or replaces that of the same boot. Its notes are in it and are deleted. */
    public synchronized void add(BootReport report) {
        List<BootReport> all = new ArrayList<>(ended());
        all.removeIf(other -> isSameBoot(other, report));
        all.add(report);
        all.sort(NEWEST_FIRST);
        try {
            files.write(report);
            files.deleteLifeOf(report);
            recovered();
        } catch (IOException unwritable) {
            degrade(unwritable);
        }
        ended = prune(all);
    }

    private static boolean isSameBoot(BootReport one, BootReport other) {
        return one.boot().number() == other.boot().number()
                && one.boot().bootId().equals(other.boot().bootId());
    }

    private List<BootReport> prune(List<BootReport> all) {
        Instant now = clock.instant();
        List<BootReport> kept = all.stream()
                .limit(retention.reports())
                .filter(report -> Duration.between(report.endedAt(), now).compareTo(retention.age()) <= 0)
                .toList();
        all.stream().filter(report -> !kept.contains(report)).forEach(files::deleteAllOf);
        return kept;
    }

    private void degrade(IOException why) {
        if (degraded.isEmpty()) {
            LOG.warn("{}: boot records are kept in memory only: {}", directory, why.toString());
        }
        degraded = Optional.of(why.toString());
    }

    private void recovered() {
        if (degraded.isPresent()) {
            LOG.info("{}: boot records go to files again", directory);
            degraded = Optional.empty();
        }
    }

    /** Records of this boot do not outlive it. */
    public boolean isDegraded() {
        return degraded.isPresent();
    }

    /** Why {@link #isDegraded}. */
    public Optional<String> degradedBecause() {
        return degraded;
    }

    /** Reports that could not be read at the start, in words. */
    public List<String> damage() {
        // Reading is what finds it.
        ended();
        return files.damage();
    }
}
