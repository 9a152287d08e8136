package io.steadyline.bootstrap.drill;

import static io.steadyline.bootstrap.drill.DrillFailure.require;

import io.steadyline.journal.calls.CallJournal;
import io.steadyline.journal.calls.JournalSettings;
import io.steadyline.restart.CallPast;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What was said in each call so far, as the next worker reads it from the journal; from a copy of its files. */
record Transcripts(Map<String, List<CallPast.Final>> ofCalls) {

    private static final String SAID = "caller said: ";

    /** The files as they are now, in a directory of their own. */
    static Path copy(Path dataDir, Path copyTo) throws IOException {
        Path journal = Files.createDirectories(copyTo.resolve("journal"));
        try (Stream<Path> segments = Files.list(dataDir.resolve("journal"))) {
            for (Path segment : segments.toList()) {
                Files.copy(segment, journal.resolve(segment.getFileName()));
            }
        }
        return copyTo;
    }

    /** @param copy of the files */
    static Transcripts read(Path copy, Set<String> callIds) {
        Map<String, List<CallPast.Final>> found = new HashMap<>();
        try (CallJournal journal = CallJournal.open(
                JournalSettings.defaults(copy), "drill", _ -> Optional.empty(), _ -> "", InstantSource.system())) {
            for (String callId : callIds) {
                found.put(
                        callId,
                        journal.archive().find(callId).map(CallPast::finals).orElse(List.of()));
            }
        }
        return new Transcripts(found);
    }

    int finals() {
        return ofCalls.values().stream().mapToInt(List::size).sum();
    }

    /**
     * In each call something was said, and the log has the same; of the very last one the death may have kept the log or the
     * journal from writing it.
     */
    void requireSameAs(List<String> log) throws DrillFailure {
        for (Map.Entry<String, List<CallPast.Final>> call : ofCalls.entrySet()) {
            List<String> logged = log.stream()
                    .filter(line -> line.contains("[call " + call.getKey() + "]") && line.contains(SAID))
                    .map(line -> line.substring(line.indexOf(SAID) + SAID.length()))
                    .toList();
            List<String> kept =
                    call.getValue().stream().map(CallPast.Final::text).toList();
            int both = Math.min(logged.size(), kept.size());
            require(
                    both > 0
                            && Math.abs(logged.size() - kept.size()) <= 1
                            && logged.subList(0, both).equals(kept.subList(0, both)),
                    "transcript of call " + call.getKey() + ": " + kept + " (expected: as logged, " + logged + ")");
        }
    }

    /** In how many calls what was said before is still there, unchanged and first, and more has come since. */
    int goneOnIn(Transcripts later) {
        return (int) ofCalls.entrySet().stream()
                .filter(call -> {
                    List<CallPast.Final> before = call.getValue();
                    List<CallPast.Final> after = later.ofCalls.getOrDefault(call.getKey(), List.of());
                    return after.size() > before.size()
                            && after.subList(0, before.size()).equals(before);
                })
                .count();
    }
}
