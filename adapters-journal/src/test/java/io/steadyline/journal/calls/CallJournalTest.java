package io.steadyline.journal.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.restart.CallPast;
import io.steadyline.restart.CutCall;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallMoment;
import io.steadyline.signal.CallState;
import io.steadyline.signal.MarkOutcome;
import io.steadyline.signal.StreamId;
import io.steadyline.telemetry.CallSecond;
import io.steadyline.telemetry.QueueCounts;
import io.steadyline.telemetry.QueueName;
import io.steadyline.telemetry.RxMode;
import io.steadyline.telemetry.RxSecond;
import io.steadyline.telemetry.TxSecond;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallJournalTest {

    private static final CallFacts CALL = Journals.facts("CA1", "MZ1");

    @TempDir
    Path dir;

    private CallJournal open(String bootId) {
        return Journals.open(Journals.settings(dir), bootId);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(dir.resolve("journal"))) {
            return files.sorted().toList();
        }
    }

    private static CallSecond second(int number, CallState state) {
        RxSecond rx = new RxSecond(RxMode.NORMAL, 50, 0, 0, 0, 0, 50, 0, 0, 0, 0, 20);
        return new CallSecond(CALL.callId(), number, 0, state, rx, new TxSecond(50, 0, 0, 0, true, 0, 0, 0), 0);
    }

    private static List<QueueCounts> queues(long in, long out) {
        return List.of(
                new QueueCounts(QueueName.RX, in, in, 0, 0, 0, 0, 0, 0, 0),
                new QueueCounts(QueueName.SEND, out, out, 0, 0, 0, 0, 0, 0, 0));
    }

    @Nested
    class ACallThatWasCut {

        @Test
        void shouldBeKnownToTheNextBoot() {
            try (CallJournal first = open("boot-1")) {
                Journals.tell(
                        first,
                        CALL,
                        new CallMoment.CallStarted(0, CALL),
                        new CallMoment.AgentAttached(0, "bot"),
                        new CallMoment.Transcribed(0, 100, 900, "grüß \"Gott\"\n"),
                        new CallMoment.Transcribed(0, 1_000, 1_900, "bye"),
                        new CallMoment.MarkSent(0, "a"),
                        new CallMoment.MarkSent(0, "b"),
                        new CallMoment.MarkSettled(0, "a", MarkOutcome.PLAYED));
                first.observer().onSecond(CALL, second(4, CallState.ACTIVE), queues(250, 120));
                first.observer().onSecond(CALL, second(5, CallState.ACTIVE), queues(300, 170));
            }
            try (CallJournal second = open("boot-2")) {
                assertThat(second.damage()).isEmpty();
                assertThat(second.archive().find("CA1"))
                        .hasValue(new CallPast(
                                "CA1",
                                "MZ1",
                                Journals.NOW,
                                "boot-1",
                                "00-trace",
                                Journals.NOW,
                                List.of(
                                        new CallPast.Final(100, 900, "grüß \"Gott\"\n"),
                                        new CallPast.Final(1_000, 1_900, "bye")),
                                List.of("b"),
                                5_000,
                                0,
                                0,
                                0,
                                false,
                                "boot 1 (ended 12:03:07Z: SIGKILL)"));
                assertThat(second.archive().originOf("MZ1"))
                        .hasValue("stream MZ1 was started by boot 1 (ended 12:03:07Z: SIGKILL)");
                assertThat(second.archive().openCallsOf("boot-1"))
                        .containsExactly(new CutCall(
                                "CA1",
                                "MZ1",
                                "twilio",
                                Journals.NOW,
                                Duration.ZERO,
                                Journals.NOW,
                                250,
                                120,
                                0,
                                0,
                                1,
                                false,
                                CutCall.Fate.CUT));
                assertThat(second.archive().openCallsOf("boot-2")).isEmpty();
                assertThat(second.archive().find("CA2")).isEmpty();
                assertThat(second.archive().originOf("MZ2")).isEmpty();
            }
        }

        @Test
        void shouldGoOnAsTheSameCallOverBoots() {
            try (CallJournal first = open("boot-1")) {
                Journals.start(first, CALL);
                Journals.tell(
                        first, CALL, new CallMoment.Transcribed(0, 0, 10, "one"), new CallMoment.MarkSent(0, "m"));
                first.observer().onSecond(CALL, second(4, CallState.ACTIVE), queues(250, 0));
            }
            CallFacts back = Journals.facts("CA1", "MZ2");
            Instant later = Journals.NOW.plusSeconds(60);
            try (CallJournal second = Journals.open(Journals.settings(dir), "boot-2", Disk.REAL, () -> later)) {
                Journals.start(second, back);
                assertThat(second.archive().originOf("MZ2")).isEmpty();
                Journals.tell(second, back, new CallMoment.Transcribed(0, 10, 20, "two"));
                second.observer().onSecond(back, second(4, CallState.ACTIVE), queues(100, 0));
            }
            try (CallJournal third = open("boot-3")) {
                CallPast past = third.archive().find("CA1").orElseThrow();
                assertThat(past.startedAt()).isEqualTo(Journals.NOW);
                assertThat(past.streamId()).isEqualTo("MZ2");
                assertThat(past.bootId()).isEqualTo("boot-2");
                assertThat(past.resumes()).isEqualTo(1);
                assertThat(past.audioMs()).isEqualTo(7_000);
                assertThat(past.marksOutstanding()).isEmpty();
                assertThat(past.finals()).extracting(CallPast.Final::text).containsExactly("one", "two");
                assertThat(third.archive().originOf("MZ1"))
                        .hasValueSatisfying(origin -> assertThat(origin).contains("boot 1 ("));
                assertThat(third.archive().originOf("MZ2")).hasValue("stream MZ2 was started by boot boot-2");
            }
        }

        @Test
        void shouldKeepItsMarksWhenItsSocketWasKept() {
            try (CallJournal first = open("boot-1")) {
                Journals.start(first, CALL);
                Journals.tell(first, CALL, new CallMoment.MarkSent(0, "m"));
            }
            try (CallJournal second = open("boot-2")) {
                Journals.start(second, CALL);
                CallPast past = second.archive().find("CA1").orElseThrow();
                assertThat(past.marksOutstanding()).containsExactly("m");
                assertThat(past.resumes()).isZero();
            }
        }

        @Test
        void shouldTellWhyItsStreamWasLost() {
            try (CallJournal first = open("boot-1")) {
                Journals.start(first, CALL);
                Journals.tell(first, CALL, new CallMoment.StreamLost(0, "reset by peer"));
                assertThat(first.archive().find("CA1").orElseThrow().endedBecause())
                        .isEqualTo("reset by peer");
                Journals.tell(first, CALL, new CallMoment.StreamResumed(0, new StreamId("MZ9"), 5));
                CallPast past = first.archive().find("CA1").orElseThrow();
                assertThat(past.endedBecause()).isEmpty();
                assertThat(past.streamId()).isEqualTo("MZ9");
                assertThat(past.resumes()).isEqualTo(1);
            }
        }
    }

    @Nested
    class ACallThatEnded {

        @ParameterizedTest
        @EnumSource
        void shouldBeBroughtBackUnlessItsEndWasWanted(CallEnd.Reason reason) {
            try (CallJournal first = open("boot-1")) {
                Journals.start(first, CALL);
                Journals.end(first, CALL, reason);
            }
            boolean wanted = List.of(
                            CallEnd.Reason.HANG_UP,
                            CallEnd.Reason.AGENT_HANG_UP,
                            CallEnd.Reason.AGENT_LOST,
                            CallEnd.Reason.ADMIN_END)
                    .contains(reason);
            try (CallJournal second = open("boot-2")) {
                CallPast past = second.archive().find("CA1").orElseThrow();
                assertThat(past.ended()).isEqualTo(wanted);
                assertThat(past.endedBecause()).isEqualTo(reason + " by GATEWAY: because");
                assertThat(second.archive().openCallsOf("boot-1")).isEmpty();
            }
        }

        @Test
        void shouldBeForgottenAfterItsTime() {
            try (CallJournal first = open("boot-1")) {
                Journals.start(first, CALL);
                Journals.end(first, CALL, CallEnd.Reason.HANG_UP);
            }
            JournalSettings settings = Journals.settings(dir);
            Instant before = Journals.NOW.plus(settings.keepEnded());
            try (CallJournal second = Journals.open(settings, "boot-2", Disk.REAL, () -> before)) {
                assertThat(second.archive().size()).isEqualTo(1);
            }
            try (CallJournal second = Journals.open(settings, "boot-2", Disk.REAL, () -> before.plusMillis(1))) {
                assertThat(second.archive().size()).isZero();
                assertThat(second.archive().originOf("MZ1")).isEmpty();
            }
        }
    }

    @Nested
    class PersonalData {

        @Test
        void shouldNotBeWrittenUnlessAllowed() throws IOException {
            JournalSettings open = Journals.settings(dir);
            JournalSettings settings = new JournalSettings(
                    open.directory(),
                    open.segmentBytes(),
                    open.totalBytes(),
                    open.keep(),
                    open.keepEnded(),
                    open.queueRecords(),
                    open.progressEvery(),
                    open.syncEvery(),
                    false);
            try (CallJournal journal = Journals.open(settings, "boot-1")) {
                Journals.start(journal, CALL);
                Journals.tell(journal, CALL, new CallMoment.Transcribed(0, 0, 1, "my number is 7"));
            }
            assertThat(Files.readString(files().getFirst(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("my number")
                    .doesNotContain("secret");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().getFirst())))
                    .isEqualTo("rw-------");
        }
    }

    @Nested
    class TheFiles {

        @Test
        void shouldCarryLiveCallsIntoTheNextOne() throws IOException {
            JournalSettings settings = Journals.settings(dir);
            try (CallJournal journal = Journals.open(settings, "boot-1")) {
                Journals.start(journal, CALL);
                Journals.tell(journal, CALL, new CallMoment.Transcribed(0, 0, 1, "kept"));
                for (int i = 0; i < 4_000; i++) {
                    Journals.tell(journal, CALL, new CallMoment.StreamLost(0, "filler ".repeat(40)));
                }
            }
            List<Path> segments = files();
            assertThat(segments).hasSizeGreaterThan(3);
            for (Path old : segments.subList(0, segments.size() - 1)) {
                Files.delete(old);
            }
            try (CallJournal second = Journals.open(settings, "boot-2")) {
                assertThat(second.damage()).isEmpty();
                CallPast past = second.archive().find("CA1").orElseThrow();
                assertThat(past.startedAt()).isEqualTo(Journals.NOW);
                assertThat(past.finals()).extracting(CallPast.Final::text).containsExactly("kept");
                assertThat(second.archive().originOf("MZ1")).isPresent();
            }
        }

        @Test
        void shouldBeDeletedWhenTheyAreTooOldOrTooMuch() throws IOException {
            JournalSettings settings = Journals.settings(dir);
            Files.createDirectories(settings.directory());
            Path old = Files.writeString(settings.directory().resolve("00000001.log"), "old");
            Files.setLastModifiedTime(
                    old, FileTime.from(Journals.NOW.minus(settings.keep()).minusSeconds(60)));
            Path big = Files.write(settings.directory().resolve("00000002.log.damaged"), new byte[1_100_000]);
            Path young = Files.write(settings.directory().resolve("00000003.log.damaged"), new byte[1_000]);
            try (CallJournal journal = Journals.open(settings, "boot-1")) {
                assertThat(journal.damage()).isEmpty();
                await().untilAsserted(() ->
                        assertThat(files()).doesNotContain(old, big).contains(young));
                await().untilAsserted(() ->
                        assertThat(settings.directory().resolve("00000004.log")).exists());
            }
        }

        @Test
        void shouldEndWhatARepairWasKilledInTheMiddleOf() throws IOException {
            try (CallJournal first = open("boot-1")) {
                Journals.start(first, CALL);
            }
            Path segment = files().getFirst();
            Files.move(segment, segment.resolveSibling("00000001.log.repaired"));
            Files.writeString(segment.resolveSibling("00000002.log.new"), "half");
            try (CallJournal second = open("boot-2")) {
                assertThat(second.archive().find("CA1")).isPresent();
                assertThat(files()).contains(segment);
            }
        }

        @Test
        void shouldBeSafeOnceACallEnded() {
            FakeDisk disk = new FakeDisk();
            AtomicReference<Instant> now = new AtomicReference<>(Journals.NOW);
            try (CallJournal journal = Journals.open(Journals.settings(dir), "boot-1", disk, now::get)) {
                Journals.start(journal, CALL);
                now.set(Journals.NOW.plusSeconds(7));
                Journals.end(journal, CALL, CallEnd.Reason.HANG_UP);
                await().untilAsserted(
                                () -> assertThat(journal.health().lastSync()).isEqualTo(Journals.NOW.plusSeconds(7)));
                assertThat(journal.health().written()).isEqualTo(2);
            }
        }
    }
}
