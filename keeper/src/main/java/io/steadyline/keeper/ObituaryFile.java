package io.steadyline.keeper;

import io.steadyline.posix.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The last obituaries as a file, for successors that this keeper does not start itself, or that end before they have made a
 * report: one {@code key=value} a line, UTF-8, newest first, a blank line between two. Replaced at each end of a worker.
 */
public final class ObituaryFile {

    public static final String NAME = "keeper.obituary";

    /** More than a keeper starts by default before it gives up. */
    static final int MOST = 16;

    private static final String BETWEEN = "\n\n";

    private ObituaryFile() {}

    /**
     * Puts it before those that are there.
     *
     * @param keeperEnds no other worker is started
     * @param sentence for people
     */
    static void write(Path directory, Obituary of, boolean keeperEnds, String sentence) throws IOException {
        Map<String, Object> lines = new LinkedHashMap<>();
        lines.put("version", 1);
        lines.put("sentence", sentence.replace('\n', ' '));
        lines.put("keeper_ends", keeperEnds);
        lines.put("keeper_pid", ProcessHandle.current().pid());
        lines.put("generation", of.generation());
        lines.put("pid", of.workerPid());
        lines.put("wait_status", of.status().raw());
        lines.put("started_at", of.startedAt());
        lines.put("ended_at", of.endedAt());
        lines.put("asked", of.asked());
        lines.put("asked_at", of.askedAt());
        lines.put("stop_signal", of.stopSignal());
        lines.put("killed_by_keeper", of.killedByKeeper());
        lines.put("was_ready", of.wasReady());
        lines.put("oom_kills", of.oomKills());
        lines.put("memory_limit_bytes", of.memoryLimitBytes());
        lines.put("memory_usage_bytes", of.memoryUsageBytes());
        lines.put("restarts_in_window", of.restartsInWindow());
        lines.put("sockets_held", of.socketsHeld());
        String own = lines.entrySet().stream()
                .map(line -> line.getKey() + "=" + line.getValue())
                .collect(Collectors.joining("\n"));
        Path file = directory.resolve(NAME);
        replace(
                file,
                Stream.concat(Stream.of(own), blocks(file).stream().filter(block -> !isOfSame(block, of)))
                        .limit(MOST)
                        .collect(Collectors.joining(BETWEEN, "", "\n")));
    }

    /** It is written at the end of its worker, and again when the keeper ends. */
    private static boolean isOfSame(String block, Obituary of) {
        return parse(block)
                .filter(other ->
                        other.workerPid() == of.workerPid() && other.startedAt().equals(of.startedAt()))
                .isPresent();
    }

    /** The newest; empty: there is none, or it is damaged. */
    public static Optional<Obituary> read(Path directory) {
        return blocks(directory.resolve(NAME)).stream().findFirst().flatMap(ObituaryFile::parse);
    }

    /** Newest first, without damaged ones; at most 16. */
    public static List<Obituary> readAll(Path directory) {
        return blocks(directory.resolve(NAME)).stream()
                .flatMap(block -> parse(block).stream())
                .toList();
    }

    /** None when the file is not there or cannot be read: nobody has seen an end, then. */
    private static List<String> blocks(Path file) {
        try {
            return Stream.of(Files.readString(file).split(BETWEEN, -1))
                    .map(String::strip)
                    .filter(block -> !block.isEmpty())
                    .limit(MOST)
                    .toList();
        } catch (IOException notThere) {
            return List.of();
        }
    }

    private static Optional<Obituary> parse(String block) {
        Map<String, String> values = new HashMap<>();
        block.lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        try {
            return Optional.of(new Obituary(
                    (int) number(values, "generation"),
                    number(values, "pid"),
                    new ExitStatus((int) number(values, "wait_status")),
                    Instant.parse(values.getOrDefault("started_at", "")),
                    Instant.parse(values.getOrDefault("ended_at", "")),
                    Obituary.Asked.valueOf(values.getOrDefault("asked", "")),
                    Instant.parse(values.getOrDefault("asked_at", "")),
                    (int) number(values, "stop_signal"),
                    Boolean.parseBoolean(values.get("killed_by_keeper")),
                    Boolean.parseBoolean(values.get("was_ready")),
                    number(values, "oom_kills"),
                    number(values, "memory_limit_bytes"),
                    number(values, "memory_usage_bytes"),
                    (int) number(values, "restarts_in_window"),
                    (int) number(values, "sockets_held")));
        } catch (DateTimeException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    /** Either the old content or the new one, never half of it. */
    static void replace(Path file, String text) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(beside, text);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static long number(Map<String, String> values, String key) {
        return Long.parseLong(values.getOrDefault(key, ""));
    }
}
