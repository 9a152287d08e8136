package io.steadyline.journal.host;

import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the host knows about the end of a boot: crash reports, out-of-memory marks, the kernel's counts, a note of the
 * service manager, changed program files. Says what was found, and nothing of what was not. Main thread, at the start,
 * once for a dead boot: what was read is moved to {@code boots/evidence} in the data directory.
 */
public final class HostEvidence {

    /** Name of the note that {@code ExecStopPost} leaves in the data directory; see {@link WitnessText}. */
    public static final String WITNESS_FILE = "witness";

    /** Its signal line is within the first 10 KB; the rest is memory maps. */
    private static final int MAX_REPORT_BYTES = 256 * 1024;

    /** File times come from a coarser clock than a boot's start. */
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);

    /** A reloader looks about once a second, asks to stop, and the process takes its time. */
    private static final Duration SHORTLY = Duration.ofSeconds(5);

    /** A heap dump that nobody named for this pid counts when it was written within this time of the end. */
    private static final Duration AROUND_THE_END = Duration.ofSeconds(60);

    /**
     * A boot that is over.
     *
     * @param ended when it was asked to stop, if it was; else its last sign of life
     * @param memoryNoted as that boot noted it at its start; UNKNOWN when it did not
     * @param programFiles the jar, and the agents that the gateway starts: what a deploy or an editor changes
     */
    public record DeadBoot(BootIdentity boot, Instant ended, MemoryGroup.Counts memoryNoted, List<Path> programFiles) {
        public DeadBoot {
            programFiles = List.copyOf(programFiles);
        }
    }

    private final Path dataDir;
    private final List<Path> reportDirs;
    private final EvidenceShelf shelf;
    private final String machineBootId;
    private final MemoryGroup.Counts memoryNow;

    /**
     * @param reportDirs where the Java machine leaves crash reports and heap dumps: the directory of
     *     {@code -XX:ErrorFile}, the working directory, {@code /tmp}; the data directory is looked into anyway
     */
    public HostEvidence(Path dataDir, List<Path> reportDirs) {
        this(dataDir, reportDirs, machineBootId(), new MemoryGroup().read());
    }

    HostEvidence(Path dataDir, List<Path> reportDirs, String machineBootId, MemoryGroup.Counts memoryNow) {
        this.dataDir = dataDir;
        this.reportDirs = List.copyOf(reportDirs);
        this.shelf = new EvidenceShelf(dataDir.resolve("boots").resolve("evidence"));
        this.machineBootId = machineBootId;
        this.memoryNow = memoryNow;
    }

    /** The kernel's id of the machine's boot; empty where there is none. */
    public static String machineBootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException | RuntimeException unreadable) {
            return "";
        }
    }

    public List<Evidence> gather(DeadBoot dead) {
        List<Evidence> found = new ArrayList<>();
        String was = dead.boot().machineBootId();
        boolean sameMachineBoot = was.isEmpty() || machineBootId.isEmpty() || was.equals(machineBootId);
        if (!sameMachineBoot) {
            found.add(new Evidence.MachineBootChanged(was, machineBootId));
        }
        for (Path directory : directories()) {
            lookInto(directory, dead, found);
        }
        witness(dead, found);
        if (sameMachineBoot) {
            kernelKills(dead.memoryNoted()).ifPresent(found::add);
        }
        reloads(dead, found);
        return found;
    }

    private Set<Path> directories() {
        Set<Path> all = new LinkedHashSet<>();
        all.add(dataDir.toAbsolutePath().normalize());
        reportDirs.forEach(directory -> all.add(directory.toAbsolutePath().normalize()));
        return all;
    }

    private void lookInto(Path directory, DeadBoot dead, List<Evidence> found) {
        long pid = dead.boot().pid();
        crashReport(directory.resolve("hs_err_" + pid + ".log"), dead, found);
        crashReport(directory.resolve("hs_err_pid" + pid + ".log"), dead, found);
        Path marker = directory.resolve("oom_" + pid + ".marker");
        writtenBy(dead, marker).ifPresent(at -> {
            found.add(new Evidence.HeapExhausted(marker.getFileName().toString(), at));
            shelf.put(marker, dead.boot().number());
        });
        heapDumps(directory, dead, found);
    }

    private void crashReport(Path file, DeadBoot dead, List<Evidence> found) {
        if (writtenBy(dead, file).isEmpty()) {
            return;
        }
        try {
            found.add(CrashReportText.parse(file.toString(), head(file)));
        } catch (IOException | RuntimeException unreadable) {
            found.add(new Evidence.Missing(file.toString(), Shown.reason(unreadable)));
        }
        shelf.put(file, dead.boot().number());
    }

    /** Heap dumps stay where they are: they can be larger than the disk of the data directory has room for. */
    private static void heapDumps(Path directory, DeadBoot dead, List<Evidence> found) {
        try (DirectoryStream<Path> dumps = Files.newDirectoryStream(directory, "*.hprof")) {
            for (Path dump : dumps) {
                boolean named = dump.getFileName()
                        .toString()
                        .equals("java_pid" + dead.boot().pid() + ".hprof");
                writtenBy(dead, dump)
                        .filter(at -> named
                                || Duration.between(at, dead.ended()).abs().compareTo(AROUND_THE_END) <= 0)
                        .ifPresent(at -> found.add(new Evidence.HeapExhausted("heap dump " + dump, at)));
            }
        } catch (IOException | RuntimeException unreadable) {
            // A directory that is not there has no dumps; that one cannot be read says nothing about the end.
            return;
        }
    }

    private void witness(DeadBoot dead, List<Evidence> found) {
        Path file = dataDir.resolve(WITNESS_FILE);
        Optional<Instant> written = modified(file);
        if (written.isEmpty()) {
            return;
        }
        try {
            WitnessText text = new WitnessText(head(file));
            Instant at = text.at().orElse(written.get());
            if (at.isBefore(dead.boot().startedAt().minus(CLOCK_SLACK))) {
                found.add(new Evidence.Missing("the service manager's note", "it is of an earlier boot, of " + at));
            } else {
                found.addAll(text.evidence(dead.boot().pid(), at));
            }
        } catch (IOException | RuntimeException unreadable) {
            found.add(new Evidence.Missing("the service manager's note", Shown.reason(unreadable)));
        }
        shelf.put(file, dead.boot().number());
    }

    private Optional<Evidence> kernelKills(MemoryGroup.Counts before) {
        OptionalLong was = before.kills();
        if (was.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong is = memoryNow.kills();
        if (is.isEmpty() || before.groupId() != memoryNow.groupId() || is.getAsLong() < was.getAsLong()) {
            return Optional.of(new Evidence.Missing(
                    "the kernel's count of out-of-memory kills", "the memory group was made anew since"));
        }
        // That there was none is evidence too.
        return Optional.of(new Evidence.KernelOomKill(
                "oom_kill of " + memoryNow.group(),
                is.getAsLong() - was.getAsLong(),
                memoryNow.limitBytes(),
                memoryNow.peakBytes()));
    }

    private static void reloads(DeadBoot dead, List<Evidence> found) {
        for (String parent : dead.boot().parents()) {
            Reloaders.byName(parent)
                    .filter(known -> known.kind() != Reloaders.Kind.MANAGER)
                    .ifPresent(known -> found.add(new Evidence.AutoReload(known.name() + " was among the parents")));
        }
        for (Path file : dead.programFiles()) {
            EvidenceShelf.lastModified(file)
                    .map(time -> Duration.between(time.toInstant(), dead.ended()))
                    .filter(age -> !age.isNegative() && age.compareTo(SHORTLY) <= 0)
                    .ifPresent(age -> found.add(
                            new Evidence.AutoReload(file + " was changed " + age.toMillis() + " ms before the end")));
        }
    }

    /**
     * When the file was written, if it can be of that boot: within a container every boot has the same pid, so that an
     * older report would pass for a new one.
     */
    private static Optional<Instant> writtenBy(DeadBoot dead, Path file) {
        return modified(file).filter(at -> !at.isBefore(dead.boot().startedAt().minus(CLOCK_SLACK)));
    }

    /** Regular files only: the directory can be one that anybody writes to, and a pipe would hold the start up. */
    private static Optional<Instant> modified(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? EvidenceShelf.lastModified(file).map(time -> time.toInstant())
                : Optional.empty();
    }

    /** Any bytes: what is no UTF-8 becomes a replacement character. */
    private static String head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_REPORT_BYTES), StandardCharsets.UTF_8);
        }
    }
}
