package io.steadyline.journal.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JournalArchiveTest {

    private static final Instant START = Instant.ofEpochMilli(1_000_000);

    private final JournalArchive archive =
            new JournalArchive("boot-2", boot -> Optional.empty(), Duration.ofMinutes(30), Duration.ofMinutes(15), 3);

    private void started(String bootId, String callId, long atSeconds) {
        Instant at = START.plusSeconds(atSeconds);
        archive.add(new JournalRecord.CallStarted(at, bootId, callId, "MZ" + callId, "twilio", "", false, at, "", 0));
    }

    @Test
    void shouldForgetTheOldestFirstWhenThereAreTooMany() {
        for (int i = 0; i < 6; i++) {
            started("boot-1", "CA" + i, i);
        }
        archive.add(new JournalRecord.CallEnded(START.plusSeconds(9), "boot-1", "CA5", "CALLER", "HANG_UP", "", true));
        archive.sweep(START.plusSeconds(10));
        assertThat(archive.size()).isEqualTo(3);
        assertThat(archive.find("CA5")).isEmpty();
        assertThat(archive.find("CA4")).isPresent();
        assertThat(archive.find("CA2")).isPresent();
        assertThat(archive.originOf("MZCA5")).isEmpty();
    }

    @Test
    void shouldKeepACallThatLives() {
        started("boot-1", "CA1", 0);
        started("boot-2", "CA2", 0);
        archive.sweep(START.plus(Duration.ofHours(2)));
        assertThat(archive.find("CA1")).isEmpty();
        assertThat(archive.find("CA2")).isPresent();
    }

    @Test
    void shouldBeginAnewWithACallThatEndedOnPurpose() {
        started("boot-1", "CA1", 0);
        archive.add(new JournalRecord.FinalTranscript(START, "boot-1", "CA1", 0, 1, "of before"));
        archive.add(new JournalRecord.CallEnded(START, "boot-1", "CA1", "CALLER", "HANG_UP", "", true));
        started("boot-2", "CA1", 60);
        assertThat(archive.find("CA1").orElseThrow().finals()).isEmpty();
        assertThat(archive.find("CA1").orElseThrow().ended()).isFalse();
    }

    @Test
    void shouldHaveBoundsForWhatACallLeaves() {
        started("boot-1", "CA1", 0);
        for (int i = 0; i < 500; i++) {
            archive.add(new JournalRecord.FinalTranscript(START, "boot-1", "CA1", i, i, "x".repeat(i)));
            archive.add(new JournalRecord.MarkSent(START, "boot-1", "CA1", "m" + i));
        }
        CallTrail trail = archive.trail("CA1").orElseThrow();
        assertThat(trail.finals().stream()
                        .mapToInt(said -> said.text().length())
                        .sum())
                .isBetween(CallTrail.MAX_FINAL_CHARS / 2, CallTrail.MAX_FINAL_CHARS);
        assertThat(trail.finals().getLast().startMs()).isEqualTo(499);
        assertThat(trail.marks()).hasSize(CallTrail.MAX_MARKS).last().isEqualTo("m499");
    }

    @Test
    void shouldLeaveNothingOfARecordWithoutAStart() {
        archive.add(new JournalRecord.MarkSent(START, "boot-1", "CA1", "m"));
        assertThat(archive.find("CA1")).isEmpty();
        assertThat(archive.size()).isZero();
    }
}
