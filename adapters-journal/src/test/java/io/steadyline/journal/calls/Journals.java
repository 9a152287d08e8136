package io.steadyline.journal.calls;

import io.steadyline.media.AudioFormat;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallId;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.StreamId;
import io.steadyline.signal.StreamMode;
import io.steadyline.signal.Track;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A journal in a directory, boot after boot. */
final class Journals {

    /** Of now, because the files' own times are too. */
    static final Instant NOW = Instant.ofEpochMilli(System.currentTimeMillis());

    private Journals() {}

    static JournalSettings settings(Path dir) {
        return new JournalSettings(
                dir.resolve("journal"),
                256 * 1024,
                1024 * 1024,
                Duration.ofMinutes(30),
                Duration.ofMinutes(15),
                100_000,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                true);
    }

    static CallJournal open(JournalSettings settings, String bootId) {
        return open(settings, bootId, Disk.REAL, InstantSource.fixed(NOW));
    }

    static CallJournal open(JournalSettings settings, String bootId, Disk disk, InstantSource clock) {
        return CallJournal.open(
                settings,
                bootId,
                boot -> boot.equals("boot-1") ? Optional.of("boot 1 (ended 12:03:07Z: SIGKILL)") : Optional.empty(),
                facts -> facts.parameters().getOrDefault("traceparent", ""),
                clock,
                disk);
    }

    static CallFacts facts(String callId, String streamId) {
        return new CallFacts(
                new CallId(callId),
                new StreamId(streamId),
                "twilio",
                "AC1",
                AudioFormat.MULAW_8K,
                StreamMode.BIDIRECTIONAL,
                Set.of(Track.INBOUND),
                Map.of("traceparent", "00-trace", "name", "secret"));
    }

    static void tell(CallJournal journal, CallFacts facts, CallMoment... moments) {
        for (CallMoment moment : moments) {
            journal.observer().onMoment(facts, moment);
        }
    }

    static void start(CallJournal journal, CallFacts facts) {
        tell(journal, facts, new CallMoment.CallStarted(0, facts));
    }

    static void end(CallJournal journal, CallFacts facts, CallEnd.Reason reason) {
        tell(journal, facts, new CallMoment.CallEnded(0, new CallEnd(CallEnd.Party.GATEWAY, reason, "because")));
    }
}
