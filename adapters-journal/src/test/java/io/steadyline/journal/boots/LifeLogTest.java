package io.steadyline.journal.boots;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.restart.Evidence;
import io.steadyline.restart.Evidence.CleanMark;
import io.steadyline.restart.Evidence.Missing;
import io.steadyline.restart.Evidence.Uncaught;
import io.steadyline.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifeLogTest {

    @TempDir
    Path data;

    private Path file() {
        return data.resolve("boots").resolve("7-boot7.life");
    }

    private LifeLog written(List<Evidence> notes) {
        LifeLog log = LifeLog.open(data, Boots.boot(7));
        assertThat(notes).allMatch(log::note);
        log.close();
        return log;
    }

    @Nested
    class Writing {

        @Test
        void shouldBringBackEachKindOfEvidenceAndTheBoot() {
            written(Boots.everyKind());
            Life life = LifeLog.read(file());
            assertThat(life.boot()).isEqualTo(Boots.boot(7));
            assertThat(life.notes()).isEqualTo(Boots.everyKind());
        }

        @Test
        void shouldBeWithTheKernelBeforeTheLogIsClosed() {
            try (LifeLog log = LifeLog.open(data, Boots.boot(7))) {
                log.note(new CleanMark(Boots.START, "drained"));
                assertThat(LifeLog.read(file()).notes()).containsExactly(new CleanMark(Boots.START, "drained"));
            }
        }

        @Test
        void shouldBeReadableByItsOwnerOnly() throws IOException {
            written(List.of());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                    .isEqualTo("rwx------");
        }

        @Test
        void shouldTakeNotesOfAnInterruptedThread() {
            try (LifeLog log = LifeLog.open(data, Boots.boot(7))) {
                Thread.currentThread().interrupt();
                assertThat(log.note(new CleanMark(Boots.START, "1"))).isTrue();
                assertThat(Thread.interrupted()).isTrue();
                assertThat(log.note(new CleanMark(Boots.START, "2"))).isTrue();
            }
            assertThat(LifeLog.read(file()).notes()).hasSize(2);
        }

        @Test
        void shouldKeepLinesWholeUnderManyThreads() throws InterruptedException {
            int threads = 8;
            int each = 200;
            int all = threads * each;
            CountDownLatch go = new CountDownLatch(1);
            LifeLog log = LifeLog.open(data, Boots.boot(7));
            List<Thread> writers = IntStream.range(0, threads)
                    .mapToObj(t -> Thread.ofPlatform().start(() -> {
                        try {
                            go.await();
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        }
                        for (int i = 0; i < each; i++) {
                            log.note(new Uncaught(Boots.START, "t" + t, "x".repeat(i), "f"));
                        }
                    }))
                    .toList();
            go.countDown();
            for (Thread thread : writers) {
                thread.join();
            }
            assertThat(log.notes()).isEqualTo(all);
            log.close();
            assertThat(LifeLog.read(file()).notes()).hasSize(all).allMatch(Uncaught.class::isInstance);
        }

        @Test
        void shouldCountWhatCannotBeNotedAndNeverThrow() throws IOException {
            Path notADirectory = Files.createFile(data.resolve("plain"));
            LifeLog log = LifeLog.open(notADirectory, Boots.boot(7));
            assertThat(log.isOpen()).isFalse();
            assertThat(log.note(new CleanMark(Boots.START, "drained"))).isFalse();
            assertThat(log.failures()).isEqualTo(1);
            LifeLog closed = written(List.of());
            assertThat(closed.note(new CleanMark(Boots.START, "late"))).isFalse();
            assertThat(closed.failures()).isEqualTo(1);
        }

        @Test
        void shouldStopAFloodButNotTheLastWords() {
            Evidence big = new Uncaught(Boots.START, "t", "x".repeat(1 << 20), "f");
            CleanMark last = new CleanMark(Boots.START, "drained");
            try (LifeLog log = LifeLog.open(data, Boots.boot(7))) {
                for (int i = 0; i < 10; i++) {
                    log.note(big);
                }
                assertThat(log.failures()).isEqualTo(6);
                assertThat(log.note(last)).isTrue();
            }
            assertThat(LifeLog.read(file()).notes()).hasSize(5).endsWith(last);
        }
    }

    @Nested
    class Reading {

        @Test
        void shouldTellATornTail() throws IOException {
            written(Boots.everyKind());
            byte[] whole = Files.readAllBytes(file());
            Files.write(file(), Arrays.copyOf(whole, whole.length - 5));
            assertThat(LifeLog.read(file()).notes())
                    .hasSize(Boots.everyKind().size())
                    .startsWith(Boots.everyKind().getFirst())
                    .last()
                    .isInstanceOfSatisfying(
                            Missing.class, torn -> assertThat(torn.why()).contains("torn after"));
        }

        @Test
        void shouldPassOverAFlippedBit() throws IOException {
            List<Evidence> notes = List.of(
                    new CleanMark(Boots.START, "one"),
                    new CleanMark(Boots.START, "two"),
                    new CleanMark(Boots.START, "3"));
            written(notes);
            byte[] content = Files.readAllBytes(file());
            int at = new String(content, StandardCharsets.US_ASCII).indexOf("two");
            content[at] ^= 1;
            Files.write(file(), content);
            assertThat(LifeLog.read(file()).notes())
                    .containsExactly(
                            notes.get(0), new Missing(Missing.LIFE_NOTES, "line 3: wrong checksum"), notes.get(2));
        }

        @Test
        void shouldTakeTheBootFromTheNameWhenTheFirstLineIsDamaged() throws IOException {
            written(List.of(new CleanMark(Boots.START, "drained")));
            byte[] content = Files.readAllBytes(file());
            content[12] ^= 1;
            Files.write(file(), content);
            Life life = LifeLog.read(file());
            assertThat(life.boot().bootId()).isEqualTo("boot7");
            assertThat(life.boot().number()).isEqualTo(7);
            assertThat(life.notes()).contains(new CleanMark(Boots.START, "drained"));
        }

        @Test
        void shouldAnswerForAnEmptyAndForALostFile() throws IOException {
            written(List.of());
            Files.write(file(), new byte[0]);
            assertThat(LifeLog.read(file()).boot().number()).isEqualTo(7);
            Life lost = LifeLog.read(data.resolve("lost.life"));
            assertThat(lost.notes()).isNotEmpty().allMatch(Missing.class::isInstance);
            assertThat(lost.boot().bootId()).isEqualTo("unknown");
        }

        @Test
        void shouldSurviveAKindOfANewerBuild() throws IOException {
            written(List.of());
            Files.writeString(file(), "00000000 {\"kind\":\"FromTheFuture\"}\n", StandardOpenOption.APPEND);
            assertThat(LifeLog.read(file()).notes()).hasSize(1).allMatch(Missing.class::isInstance);
        }

        @Test
        void shouldNotThrowOnAnyDamage() {
            written(Boots.everyKind());
            Seeds.forEach(200, (seed, random) -> {
                Path copy = data.resolve("9-x.life");
                byte[] content = Files.readAllBytes(file());
                int flips = random.nextInt(1, 20);
                for (int flip = 0; flip < flips; flip++) {
                    content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
                }
                Files.write(copy, Arrays.copyOf(content, random.nextInt(content.length + 1)));
                assertThat(LifeLog.read(copy).notes().stream()
                                .filter(note -> !(note instanceof Missing))
                                .toList())
                        .isSubsetOf(Boots.everyKind());
            });
        }

        @Test
        void shouldNotComplainWithoutEnd() throws IOException {
            written(List.of());
            Files.writeString(file(), "x\n".repeat(1000), StandardOpenOption.APPEND);
            assertThat(LifeLog.read(file()).notes())
                    .hasSize(11)
                    .endsWith(new Missing(Missing.LIFE_NOTES, "990 more lines"));
        }
    }
}
