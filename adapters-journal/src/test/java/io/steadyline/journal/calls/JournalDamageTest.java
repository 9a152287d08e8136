package io.steadyline.journal.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to a segment: reading never fails, what is read was written, and what is missing is told. */
class JournalDamageTest {

    private static final int RUNS = 2_000;
    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_000L);

    @TempDir
    Path dir;

    @Test
    @Timeout(300)
    void shouldNeverReviveAWrongCall() throws IOException {
        SegmentFiles files = new SegmentFiles(dir);
        Path segment = files.path(1);
        List<JournalRecord> written = records();
        int end = write(segment, written);
        byte[] whole = Files.readAllBytes(segment);
        assertThat(new SegmentReader().read(segment)).isEqualTo(new SegmentReader.Content(true, written, List.of()));
        int[] told = new int[2];
        Seeds.forEach(RUNS, (seed, random) -> {
            Files.write(segment, damaged(whole, end, random));
            SegmentReader.Content content = new SegmentReader().read(segment);
            assertThat(isPart(content.records(), written))
                    .as("what is read was written, in order")
                    .isTrue();
            if (!content.records().equals(written)) {
                assertThat(content.damage()).isNotEmpty();
            }
            told[0] += content.damage().isEmpty() ? 0 : 1;
            told[1] += content.records().size();
            if (!content.damage().isEmpty()) {
                files.repair(segment, content.records());
                if (!content.records().isEmpty()) {
                    assertThat(new SegmentReader().read(segment))
                            .isEqualTo(new SegmentReader.Content(true, content.records(), List.of()));
                }
            }
        });
        System.out.println("journal: " + RUNS + " damaged segments of " + written.size() + " records read, " + told[0]
                + " told their damage, " + told[1] / RUNS + " records left on average");
    }

    @Test
    void shouldOpenADirectoryOfDamagedSegments() throws IOException {
        int[] runs = new int[1];
        Seeds.forEach(30, (seed, random) -> {
            JournalSettings settings = Journals.settings(dir.resolve("run-" + runs[0]++));
            for (int boot = 1; boot <= 3; boot++) {
                try (CallJournal journal = Journals.open(settings, "boot-" + boot)) {
                    for (int call = 0; call < 5; call++) {
                        Journals.start(journal, Journals.facts("CA" + boot + call, "MZ" + boot + call));
                    }
                }
            }
            for (Path segment : segments(settings)) {
                byte[] whole = Files.readAllBytes(segment);
                Files.write(segment, damaged(whole, 1_500, random));
            }
            int known;
            try (CallJournal journal = Journals.open(settings, "boot-4")) {
                known = journal.archive().size();
                assertThat(known == 15 || !journal.damage().isEmpty()).isTrue();
                for (int boot = 1; boot <= 3; boot++) {
                    for (int call = 0; call < 5; call++) {
                        String stream = "MZ" + boot + call;
                        journal.archive()
                                .find("CA" + boot + call)
                                .ifPresent(past -> assertThat(past.streamId()).isEqualTo(stream));
                    }
                }
            }
            try (CallJournal again = Journals.open(settings, "boot-5")) {
                assertThat(again.damage()).as("told once").isEmpty();
                assertThat(again.archive().size()).isEqualTo(known);
            }
        });
    }

    private static List<Path> segments(JournalSettings settings) throws IOException {
        try (Stream<Path> files = Files.list(settings.directory())) {
            return files.filter(file -> file.toString().endsWith(".log")).toList();
        }
    }

    private static List<JournalRecord> records() {
        List<JournalRecord> records = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String call = "CA" + i;
            records.add(new JournalRecord.CallStarted(AT, "b", call, "MZ" + i, "twilio", "AC", false, AT, "", 0));
            records.add(new JournalRecord.MarkSent(AT, "b", call, "mark " + i));
            records.add(new JournalRecord.Progress(AT, "b", call, i * 20L, i, i));
        }
        return records;
    }

    private static int write(Path segment, List<JournalRecord> records) throws IOException {
        try (Segment out = Segment.create(Disk.REAL, segment, 1)) {
            for (JournalRecord record : records) {
                out.append(new RecordCodec().encode(record));
            }
            return (int) out.bytes();
        }
    }

    private static byte[] damaged(byte[] whole, int end, RandomGenerator random) {
        boolean anywhere = random.nextInt(8) == 0;
        int bound = anywhere ? whole.length : Math.min(end + 64, whole.length);
        if (random.nextInt(3) == 0) {
            return Arrays.copyOf(whole, random.nextInt(bound));
        }
        byte[] copy = whole.clone();
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            copy[random.nextInt(bound)] ^= (byte) (1 << random.nextInt(8));
        }
        return copy;
    }

    private static boolean isPart(List<JournalRecord> some, List<JournalRecord> all) {
        int at = 0;
        for (JournalRecord record : some) {
            while (at < all.size() && !all.get(at).equals(record)) {
                at++;
            }
            if (at++ == all.size()) {
                return false;
            }
        }
        return true;
    }
}
