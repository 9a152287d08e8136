package io.steadyline.journal.transcripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.journal.transcripts.Retention.Stored;
import io.steadyline.journal.transcripts.TranscriptFiles.Loss;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallId;
import io.steadyline.signal.SpeechEvent.Cause;
import io.steadyline.signal.SpeechEvent.Word;
import io.steadyline.signal.StreamId;
import io.steadyline.signal.Track;
import io.steadyline.signal.TranscriptLine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptFilesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final CallId CALL = new CallId("CA1");
    private static final StreamId SESSION = new StreamId("MZ1");

    private final Map<Loss, Long> lost = new EnumMap<>(Loss.class);

    @TempDir
    @SuppressWarnings("NullAway.Init") // injected
    private Path parent;

    @Test
    void shouldWriteOneObjectALineThatWeAloneCanRead() throws IOException {
        try (TranscriptFiles files = open(1_000_000, 100)) {
            files.accept(new TranscriptLine.Begun(CALL, SESSION, "twilio", "AC1", Track.INBOUND));
            files.accept(new TranscriptLine.Said(
                    CALL,
                    SESSION,
                    "deepgram",
                    2,
                    "s1",
                    310,
                    890,
                    "he said \"hi\"\n",
                    OptionalDouble.of(0.5),
                    List.of(
                            new Word("he", Duration.ofMillis(310), Duration.ofMillis(400), OptionalDouble.of(0.25)),
                            new Word("said", Duration.ofMillis(400), Duration.ofMillis(600), OptionalDouble.empty())),
                    Cause.ENDPOINT));
            files.accept(said("plain"));
            files.accept(new TranscriptLine.Missed(CALL, SESSION, "deepgram", 1_000, 2_000, "overflow"));
            files.accept(new TranscriptLine.Failed(CALL, SESSION, "deepgram", 1, "quota", "402", true));
            files.accept(new TranscriptLine.Ended(CALL, SESSION, CallEnd.Reason.HANG_UP, CallEnd.Party.CALLER));
        }
        Path file = directory().resolve("CA1.jsonl");
        String start = "{\"at\":\"2026-03-01T12:00:00Z\",\"call\":\"CA1\",\"session\":\"MZ1\",\"kind\":";
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        start + "\"begun\",\"dialect\":\"twilio\",\"account\":\"AC1\",\"track\":\"inbound\"}",
                        start + "\"said\",\"vendor\":\"deepgram\",\"attempt\":2,\"segment\":\"s1\",\"start_ms\":310,"
                                + "\"end_ms\":890,\"text\":\"he said \\\"hi\\\"\\n\",\"confidence\":0.5,"
                                + "\"cause\":\"endpoint\",\"words\":[{\"text\":\"he\",\"start_ms\":310,\"end_ms\":400,"
                                + "\"confidence\":0.25},{\"text\":\"said\",\"start_ms\":400,\"end_ms\":600}]}",
                        start + "\"said\",\"vendor\":\"deepgram\",\"attempt\":1,\"segment\":\"s\",\"start_ms\":0,"
                                + "\"end_ms\":20,\"text\":\"plain\",\"cause\":\"end\"}",
                        start + "\"missed\",\"vendor\":\"deepgram\",\"from_ms\":1000,\"to_ms\":2000,"
                                + "\"reason\":\"overflow\"}",
                        start + "\"failed\",\"vendor\":\"deepgram\",\"attempt\":1,\"category\":\"quota\","
                                + "\"message\":\"402\",\"fatal\":true}",
                        start + "\"ended\",\"reason\":\"hang_up\",\"by\":\"caller\"}");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(directory())).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(lost).isEmpty();
    }

    @Test
    void shouldGoOnInTheFileOfACallThatGoesOn() throws IOException {
        try (TranscriptFiles files = open(1_000_000, 100)) {
            files.accept(said("before"));
        }
        try (TranscriptFiles files = open(1_000_000, 100)) {
            files.accept(said("after"));
        }
        assertThat(Files.readAllLines(directory().resolve("CA1.jsonl"))).hasSize(2);
    }

    @Test
    void shouldNotLetAnIdChooseThePlace() {
        assertThat(FileNames.of("CA1-x_2")).isEqualTo("CA1-x_2.jsonl");
        for (String id : List.of("../../etc/passwd", "a/b", ".", "..", "-rf", "ä", "x".repeat(300), "a\0b")) {
            assertThat(FileNames.of(id)).matches("x-[A-Za-z0-9_-]{1,40}-[0-9a-f]{24}\\.jsonl");
        }
        assertThat(FileNames.of("a/b")).isNotEqualTo(FileNames.of("a.b"));
    }

    @Test
    void shouldLoseNewLinesAndCountThemWhileTheDiskHangs() {
        HangingDisk disk = new HangingDisk();
        TranscriptFiles files =
                TranscriptFiles.open(settings(1_000_000, 2), InstantSource.fixed(NOW), disk, this::count);
        files.accept(said("1"));
        await().until(() -> disk.asked.getCount() == 0);
        files.accept(said("2"));
        files.accept(said("3"));
        files.accept(said("4"));
        files.accept(said("5"));
        disk.goOn.countDown();
        files.close();
        assertThat(lost).containsExactlyEntriesOf(Map.of(Loss.QUEUE_FULL, 2L));
        files.accept(said("6"));
        assertThat(lost).containsEntry(Loss.CLOSED, 1L);
    }

    @Test
    void shouldCountWhatAFullDiskDoesNotTakeAndGoOnWhenItDoes() throws IOException {
        FullDisk disk = new FullDisk();
        loseOneAndGoOn(disk, () -> disk.full = false);
    }

    @Test
    void shouldGoOnAfterADiskThatFailsInAnUncheckedWay() throws IOException {
        OddDisk disk = new OddDisk();
        loseOneAndGoOn(disk, () -> disk.odd = false);
    }

    private void loseOneAndGoOn(TranscriptDisk disk, Runnable mend) throws IOException {
        try (TranscriptFiles files =
                TranscriptFiles.open(settings(1_000_000, 100), InstantSource.fixed(NOW), disk, this::count)) {
            files.accept(said("lost"));
            await().until(() -> lostBy(Loss.DISK) == 1);
            mend.run();
            files.accept(said("kept"));
        }
        assertThat(lost).containsExactlyEntriesOf(Map.of(Loss.DISK, 1L));
        assertThat(Files.readString(directory().resolve("CA1.jsonl")))
                .contains("kept")
                .doesNotContain("lost");
    }

    @Test
    void shouldCountWhatIsLeftWhenTheDiskHangsBeyondTheClose() {
        HangingDisk disk = new HangingDisk();
        TranscriptFiles files =
                TranscriptFiles.open(settings(1_000_000, 100), InstantSource.fixed(NOW), disk, this::count);
        files.accept(said("in hand"));
        await().until(() -> disk.asked.getCount() == 0);
        files.accept(said("queued"));
        files.accept(said("queued"));
        files.close();
        assertThat(lost).containsExactlyEntriesOf(Map.of(Loss.CLOSED, 3L));
        disk.goOn.countDown();
        files.close();
        assertThat(lost).containsExactlyEntriesOf(Map.of(Loss.CLOSED, 3L));
    }

    @Test
    void shouldDeleteWhatIsTooOldAtTheStart() throws IOException {
        Path old = aFile("old.jsonl", NOW.minus(Duration.ofDays(8)));
        Path young = aFile("young.jsonl", NOW.minus(Duration.ofDays(6)));
        Path foreign = aFile("foreign.txt", NOW.minus(Duration.ofDays(800)));
        open(1_000_000, 100).close();
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(foreign).exists();
    }

    @Test
    void shouldDeleteTheOldestUntilTheRestIsSmallEnough() {
        List<Stored> files = List.of(
                new Stored(Path.of("c"), 40, NOW.minusSeconds(1)),
                new Stored(Path.of("a"), 40, NOW.minusSeconds(3)),
                new Stored(Path.of("b"), 40, NOW.minusSeconds(2)));
        assertThat(surplus(120, files)).isEmpty();
        assertThat(surplus(119, files)).containsExactly("a");
        assertThat(surplus(80, files)).containsExactly("a");
        assertThat(surplus(79, files)).containsExactly("a", "b");
        assertThat(surplus(1, files)).containsExactly("a", "b", "c");
    }

    @Test
    void shouldKeepAFileUntilItIsOlderThanTheLimit() {
        Duration keep = Duration.ofDays(7);
        assertThat(surplus(999, List.of(new Stored(Path.of("a"), 1, NOW.minus(keep)))))
                .isEmpty();
        assertThat(surplus(
                        999, List.of(new Stored(Path.of("a"), 1, NOW.minus(keep).minusMillis(1)))))
                .containsExactly("a");
    }

    private static List<String> surplus(long totalBytes, List<Stored> files) {
        return new Retention(Duration.ofDays(7), totalBytes)
                .surplus(files, NOW).stream().map(Path::toString).toList();
    }

    private TranscriptFiles open(long totalBytes, int queueLines) {
        return TranscriptFiles.open(settings(totalBytes, queueLines), InstantSource.fixed(NOW), this::count);
    }

    private TranscriptSettings settings(long totalBytes, int queueLines) {
        return new TranscriptSettings(directory(), Duration.ofDays(7), totalBytes, queueLines);
    }

    private Path directory() {
        return parent.resolve("transcripts");
    }

    private Path aFile(String name, Instant written) throws IOException {
        Files.createDirectories(directory());
        Path file = Files.writeString(directory().resolve(name), "{}\n");
        Files.setLastModifiedTime(file, FileTime.from(written));
        return file;
    }

    private synchronized void count(long lines, Loss why) {
        lost.merge(why, lines, Long::sum);
    }

    private synchronized long lostBy(Loss why) {
        return lost.getOrDefault(why, 0L);
    }

    private static TranscriptLine said(String text) {
        return new TranscriptLine.Said(
                CALL, SESSION, "deepgram", 1, "s", 0, 20, text, OptionalDouble.empty(), List.of(), Cause.END);
    }

    private static class FullDisk implements TranscriptDisk {
        private volatile boolean full = true;

        @Override
        public void append(Path file, ByteBuffer text) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            REAL.append(file, text);
        }

        @Override
        public List<Stored> files(Path directory) {
            return List.of();
        }

        @Override
        public void delete(Path file) {
            throw new IllegalStateException("delete " + file + " (expected: nothing to delete)");
        }
    }

    /** Without the rights of POSIX, and of a directory that cannot be looked through. */
    private static final class OddDisk extends FullDisk {
        private volatile boolean odd = true;

        @Override
        public void append(Path file, ByteBuffer text) throws IOException {
            if (odd) {
                throw new IllegalArgumentException("'posix:permissions' not supported as initial attribute");
            }
            REAL.append(file, text);
        }

        @Override
        public List<Stored> files(Path directory) {
            throw new DirectoryIteratorException(new IOException("Input/output error"));
        }
    }

    private static final class HangingDisk extends FullDisk {
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public void append(Path file, ByteBuffer text) {
            asked.countDown();
            try {
                goOn.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
