package io.steadyline.journal.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.steadyline.journal.calls.JournalHealth.Loss;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallFacts;
import io.steadyline.signal.CallMoment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalDiskTest {

    private static final CallFacts CALL = Journals.facts("CA1", "MZ1");
    private static final int QUEUE = 100;

    @TempDir
    Path dir;

    private static JournalSettings settings(Path dir) {
        return new JournalSettings(
                dir.resolve("journal"),
                256 * 1024,
                512 * 1024,
                Duration.ofMinutes(30),
                Duration.ofMinutes(15),
                QUEUE,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                true);
    }

    private static void flood(CallJournal journal, int records) {
        for (int i = 0; i < records; i++) {
            Journals.tell(journal, CALL, new CallMoment.MarkSent(0, "mark " + i));
        }
    }

    @Test
    void shouldLoseNothingInAShortFullDiskThatTheQueueCovers() {
        FakeDisk disk = new FakeDisk();
        disk.full = true;
        try (CallJournal journal = Journals.open(settings(dir), "boot-1", disk, InstantSource.fixed(Journals.NOW))) {
            Journals.start(journal, CALL);
            await().until(() -> !journal.health().writable());
            assertThat(journal.health().reason()).contains("No space left");
            disk.full = false;
            await().until(() -> journal.health().writable());
            await().until(() -> journal.health().written() == 1);
            assertThat(journal.health().lostRecords()).isZero();
        }
        try (CallJournal second = Journals.open(settings(dir), "boot-2")) {
            assertThat(second.archive().find("CA1")).isPresent();
        }
    }

    @Test
    void shouldCountWhatAFullDiskCosts() {
        FakeDisk disk = new FakeDisk();
        disk.full = true;
        try (CallJournal journal = Journals.open(settings(dir), "boot-1", disk, InstantSource.fixed(Journals.NOW))) {
            await().until(() -> !journal.health().writable());
            Journals.start(journal, CALL);
            flood(journal, 150);
            assertThat(journal.health().lost().get(Loss.DISK)).isEqualTo(1 + 150 - QUEUE);
            assertThat(journal.health().queueDepth()).isEqualTo(QUEUE);
        }
    }

    @Test
    void shouldNeverHoldUpWhoTellsASlowDisk() {
        FakeDisk disk = new FakeDisk();
        try (CallJournal journal = Journals.open(settings(dir), "boot-1", disk, InstantSource.fixed(Journals.NOW))) {
            Journals.start(journal, CALL);
            await().until(() -> journal.health().written() == 1);
            disk.stuck = true;
            flood(journal, 1_000);
            assertThat(journal.health().lost().get(Loss.QUEUE_FULL)).isGreaterThanOrEqualTo(1_000 - QUEUE - 600);
            long told = 1_001 - journal.health().lostRecords();
            disk.stuck = false;
            await().untilAsserted(() -> assertThat(journal.health().written()).isEqualTo(told));
        } finally {
            disk.stuck = false;
        }
    }

    @Test
    void shouldMakeAnEndSafeAtOnce() {
        FakeDisk disk = new FakeDisk();
        try (CallJournal journal = Journals.open(settings(dir), "boot-1", disk, InstantSource.fixed(Journals.NOW))) {
            Journals.start(journal, CALL);
            await().until(() -> disk.forced.get() >= 1);
            int before = disk.forced.get();
            Journals.end(journal, CALL, CallEnd.Reason.HANG_UP);
            await().until(() -> disk.forced.get() > before);
        }
    }

    @Test
    void shouldOpenWhereNothingCanBeWritten() throws IOException {
        Path blocked = Files.writeString(dir.resolve("blocked"), "a file where a directory is wanted");
        try (CallJournal journal = Journals.open(settings(blocked), "boot-1")) {
            Journals.start(journal, CALL);
            await().until(() -> !journal.health().writable());
            assertThat(journal.archive().find("CA1")).isPresent();
        }
    }

    @Test
    void shouldOutliveAFullFileSystem() throws IOException, InterruptedException {
        Path small = Files.createDirectory(dir.resolve("small"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "steadyline-test", small.toString()), "may not mount");
        try {
            fillAndFree(small);
            try (CallJournal second = Journals.open(settings(small), "boot-2")) {
                assertThat(second.damage()).isEmpty();
                assertThat(second.archive().find("CA1").orElseThrow().endedBecause())
                        .contains("DRAIN");
            }
        } finally {
            assertThat(run("umount", small.toString())).isTrue();
        }
    }

    private static void fillAndFree(Path small) throws IOException {
        try (CallJournal journal = Journals.open(settings(small), "boot-1")) {
            Journals.start(journal, CALL);
            await().until(() -> journal.health().written() == 1);
            Path filler = small.resolve("filler");
            fill(filler);
            for (int i = 0; i < 400; i++) {
                Journals.tell(journal, CALL, new CallMoment.StreamLost(0, "filler ".repeat(40)));
                if (!journal.health().writable()) {
                    break;
                }
            }
            flood(journal, 400);
            await().until(() -> !journal.health().writable());
            flood(journal, 2 * QUEUE);
            assertThat(journal.health().reason()).contains("No space left");
            assertThat(journal.health().lost().get(Loss.DISK)).isPositive();
            Files.delete(filler);
            await().until(() -> journal.health().writable() && journal.health().queueDepth() == 0);
            Journals.end(journal, CALL, CallEnd.Reason.DRAIN);
        }
    }

    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[4096];
        try (var out = Files.newOutputStream(filler, StandardOpenOption.CREATE_NEW)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
        } catch (IOException notThere) {
            assumeTrue(false, notThere.getMessage());
            return false;
        }
    }
}
