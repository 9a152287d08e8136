package io.steadyline.journal.boots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.restart.BootReport;
import io.steadyline.restart.CutCall.Fate;
import io.steadyline.restart.Evidence.CleanMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootStoreTest {

    private static final Instant NOW = Boots.START.plus(Duration.ofDays(1));

    @TempDir
    Path data;

    private BootStore open() {
        return open(Retention.defaults());
    }

    private BootStore open(Retention retention) {
        return BootStore.open(data, retention, () -> NOW, Boots::boot);
    }

    private Path boots() {
        return data.resolve("boots");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(boots())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Nested
    class TheNumber {

        @Test
        void shouldCountUp() {
            assertThat(open().current().number()).isEqualTo(1);
            assertThat(open().current().number()).isEqualTo(2);
        }

        @Test
        void shouldGoOnWhenItsFileIsLost() throws IOException {
            open().openLife().close();
            open().openLife().close();
            Files.delete(boots().resolve("last-number"));
            assertThat(open().current().number()).isEqualTo(3);
        }

        @Test
        void shouldGoOnWhenAllOtherFilesAreLostOrItsOwnIsDamaged() throws IOException {
            open().openLife().close();
            Files.delete(boots().resolve("1-boot1.life"));
            BootStore second = open();
            assertThat(second.current().number()).isEqualTo(2);
            second.openLife().close();
            Files.writeString(boots().resolve("last-number"), "x");
            assertThat(open().current().number()).isEqualTo(3);
        }
    }

    @Nested
    class Reports {

        @Test
        void shouldComeBackAsTheyWere() throws IOException {
            BootReport report = Boots.report(1, Boots.START);
            open().add(report);
            assertThat(open().ended()).containsExactly(report);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(boots().resolve("1-boot1.json"))))
                    .isEqualTo("rw-------");
        }

        @Test
        void shouldBeFoundNewestFirstByIdAndByNumber() {
            BootStore store = open();
            store.add(Boots.report(1, Boots.START));
            store.add(Boots.report(3, Boots.START.plusSeconds(3)));
            store.add(Boots.report(2, Boots.START.plusSeconds(2)));
            assertThat(store.ended())
                    .extracting(report -> report.boot().number())
                    .containsExactly(3L, 2L, 1L);
            assertThat(store.find("boot2")).contains(Boots.report(2, Boots.START.plusSeconds(2)));
            assertThat(store.find("1")).contains(Boots.report(1, Boots.START));
            assertThat(store.find("9")).isEmpty();
        }

        @Test
        void shouldBeReplacedByThatOfTheSameBoot() {
            BootStore store = open();
            store.add(Boots.report(1, Boots.START));
            BootReport better = Forensics.withFates(Boots.report(1, Boots.START), Map.of("CA1", Fate.CLOSED));
            store.add(better);
            assertThat(store.ended()).containsExactly(better);
            assertThat(open().ended()).containsExactly(better);
        }

        @Test
        void shouldBeKeptByNumberAndAge() throws IOException {
            BootStore store = open(new Retention(2, Duration.ofDays(90)));
            for (int number = 1; number <= 4; number++) {
                store.add(Boots.report(number, Boots.START));
            }
            assertThat(store.ended())
                    .extracting(report -> report.boot().number())
                    .containsExactly(4L, 3L);
            assertThat(names()).containsExactly("3-boot3.json", "4-boot4.json", "last-number");
            BootStore byAge = open(new Retention(200, Duration.ofHours(23)));
            assertThat(byAge.ended()).isEmpty();
            assertThat(names()).containsExactly("last-number");
        }

        @Test
        void shouldBePutAsideWhenDamaged() throws IOException {
            BootStore store = open();
            store.add(Boots.report(1, Boots.START));
            store.add(Boots.report(2, Boots.START));
            Files.writeString(boots().resolve("1-boot1.json"), "{\"boot\":");
            Files.writeString(boots().resolve("5-boot5.json"), "{}");
            Files.writeString(boots().resolve("6-boot6.json.tmp"), "half");
            BootStore next = open();
            assertThat(next.ended()).containsExactly(Boots.report(2, Boots.START));
            assertThat(next.damage()).hasSize(2).anyMatch(text -> text.contains("1-boot1.json"));
            assertThat(names())
                    .containsExactly("1-boot1.json.damaged", "2-boot2.json", "5-boot5.json.damaged", "last-number");
            assertThat(next.current().number()).isEqualTo(7);
            assertThat(open().damage()).isEmpty();
        }

        @Test
        void shouldShowThePatternInThem() {
            BootStore store = BootStore.open(data, Retention.defaults(), () -> Boots.START, Boots::boot);
            assertThat(store.pattern()).isEmpty();
            for (int number = 1; number <= 5; number++) {
                store.add(Boots.report(number, Boots.START));
            }
            assertThat(store.pattern())
                    .hasValueSatisfying(text -> assertThat(text).startsWith("Crash loop: 5 ends"));
        }
    }

    @Nested
    class UnfinishedBoots {

        @Test
        void shouldBeThoseWithNotesAndWithoutReport() throws IOException {
            BootStore first = open();
            try (LifeLog life = first.openLife()) {
                life.note(new CleanMark(Boots.START, "drained"));
            }
            assertThat(first.previousUnfinished()).isEmpty();
            BootStore second = open();
            second.openLife().close();
            assertThat(second.previousUnfinished()).singleElement().satisfies(life -> {
                assertThat(life.boot()).isEqualTo(Boots.boot(1));
                assertThat(life.notes()).containsExactly(new CleanMark(Boots.START, "drained"));
            });
            second.add(Boots.report(1, Boots.START));
            assertThat(second.previousUnfinished()).isEmpty();
            assertThat(names()).containsExactly("1-boot1.json", "2-boot2.life", "last-number");
        }
    }

    @Nested
    class AnUnusableDirectory {

        @Test
        void shouldCostTheFilesOnly() throws IOException {
            Files.writeString(boots(), "a file where the directory should be");
            BootStore store = open();
            assertThat(store.isDegraded()).isTrue();
            assertThat(store.degradedBecause()).isPresent();
            assertThat(store.current().number()).isEqualTo(1);
            assertThat(store.previousUnfinished()).isEmpty();
            store.add(Boots.report(1, Boots.START));
            assertThat(store.ended()).hasSize(1);
            assertThat(store.openLife().isOpen()).isFalse();
        }

        @Test
        void shouldBeUsedAgainWhenItIsBack() throws IOException {
            Files.writeString(boots(), "in the way");
            BootStore store = open();
            Files.delete(boots());
            Files.createDirectory(boots());
            store.add(Boots.report(1, Boots.START));
            assertThat(store.isDegraded()).isFalse();
            assertThat(open().ended()).hasSize(1);
        }
    }

    @Nested
    class ItsRetention {

        @Test
        void shouldRefuseToKeepNothing() {
            assertThatThrownBy(() -> new Retention(0, Duration.ofDays(1))).hasMessageContaining("expected");
            assertThatThrownBy(() -> new Retention(1, Duration.ZERO)).hasMessageContaining("expected");
        }
    }
}
