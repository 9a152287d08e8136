package io.steadyline.journal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.Evidence;
import io.steadyline.restart.Evidence.AutoReload;
import io.steadyline.restart.Evidence.CrashKind;
import io.steadyline.restart.Evidence.CrashReport;
import io.steadyline.restart.Evidence.HeapExhausted;
import io.steadyline.restart.Evidence.KernelOomKill;
import io.steadyline.restart.Evidence.MachineBootChanged;
import io.steadyline.restart.Evidence.Missing;
import io.steadyline.restart.Evidence.ServiceResult;
import io.steadyline.restart.Evidence.WaitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostEvidenceTest {

    private static final long PID = 8626;
    private static final Instant STARTED = Instant.ofEpochSecond(2_000_000);
    private static final Instant ENDED = STARTED.plusSeconds(600);
    private static final String MACHINE = "machine-boot-1";

    @TempDir
    Path temp;

    private Path dataDir;
    private Path reports;

    @BeforeEach
    void setUp() throws IOException {
        dataDir = Files.createDirectory(temp.resolve("data"));
        reports = Files.createDirectory(temp.resolve("reports"));
    }

    private static MemoryGroup.Counts memory(long groupId, long kills) {
        return new MemoryGroup.Counts(
                "/sys/fs/cgroup/gw",
                groupId,
                OptionalLong.of(4096),
                OptionalLong.of(100),
                OptionalLong.of(4000),
                OptionalLong.of(kills));
    }

    private List<Evidence> gather(
            String machineNow, MemoryGroup.Counts was, MemoryGroup.Counts is, List<String> parents) {
        BootIdentity boot = new BootIdentity("b1", 7, STARTED, PID, "1", "sha", "production", MACHINE, parents);
        return new HostEvidence(dataDir, List.of(reports, dataDir), machineNow, is)
                .gather(new HostEvidence.DeadBoot(boot, ENDED, was, List.of(temp.resolve("steadyline.jar"))));
    }

    private List<Evidence> gather() {
        return gather(MACHINE, MemoryGroup.Counts.UNKNOWN, MemoryGroup.Counts.UNKNOWN, List.of("bash", "sshd"));
    }

    private static Path write(Path file, String content, Instant at) throws IOException {
        Files.writeString(file, content);
        return Files.setLastModifiedTime(file, FileTime.from(at));
    }

    private List<String> shelf() throws IOException {
        Path shelf = dataDir.resolve("boots/evidence");
        if (!Files.exists(shelf)) {
            return List.of();
        }
        try (var files = Files.list(shelf)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void shouldFindNothingWhereNothingIs() {
        assertThat(gather()).isEmpty();
    }

    @Test
    void shouldFindNothingWhereTheDirectoriesAreGone() throws IOException {
        Files.delete(reports);
        Files.delete(dataDir);

        assertThat(gather()).isEmpty();
    }

    @Nested
    class CrashReports {

        @Test
        void shouldBeReadOnce() throws IOException {
            write(reports.resolve("hs_err_" + PID + ".log"), CrashReportTextTest.SENT, ENDED);

            assertThat(gather())
                    .singleElement()
                    .satisfies(found -> assertThat(((CrashReport) found).kind()).isEqualTo(CrashKind.SENT));
            assertThat(gather()).isEmpty();
            assertThat(shelf()).containsExactly("boot-7-hs_err_" + PID + ".log");
        }

        @Test
        void shouldBeFoundUnderTheMachinesOwnNameForThem() throws IOException {
            write(dataDir.resolve("hs_err_pid" + PID + ".log"), CrashReportTextTest.NATIVE, ENDED);

            assertThat(gather()).hasSize(1);
        }

        @Test
        void shouldNotBeTakenFromAnEarlierBootOfTheSamePid() throws IOException {
            write(reports.resolve("hs_err_" + PID + ".log"), CrashReportTextTest.SENT, STARTED.minusSeconds(60));
            write(reports.resolve("hs_err_1.log"), CrashReportTextTest.SENT, ENDED);

            assertThat(gather()).isEmpty();
            assertThat(shelf()).isEmpty();
        }

        @Test
        void shouldBeFilesAndNothingElse() throws IOException {
            Files.createDirectory(reports.resolve("hs_err_" + PID + ".log"));
            Files.createSymbolicLink(
                    dataDir.resolve("hs_err_" + PID + ".log"), Files.createFile(temp.resolve("other")));

            assertThat(gather()).isEmpty();
        }

        @Test
        void shouldBeKeptUpToTwenty() throws IOException {
            Path shelf = Files.createDirectories(dataDir.resolve("boots/evidence"));
            for (int i = 10; i < 35; i++) {
                write(shelf.resolve("boot-1-old-" + i), "", STARTED.minusSeconds(1000 - i));
            }
            write(reports.resolve("hs_err_" + PID + ".log"), CrashReportTextTest.SENT, ENDED);

            assertThat(gather()).hasSize(1);

            assertThat(shelf())
                    .hasSize(EvidenceShelf.MAX_FILES)
                    .contains("boot-7-hs_err_" + PID + ".log", "boot-1-old-34", "boot-1-old-16")
                    .doesNotContain("boot-1-old-15");
        }
    }

    @Nested
    class HeapMarks {

        @Test
        void shouldBeReadOnce() throws IOException {
            write(dataDir.resolve("oom_" + PID + ".marker"), "", ENDED);

            assertThat(gather()).containsExactly(new HeapExhausted("oom_" + PID + ".marker", ENDED));
            assertThat(gather()).isEmpty();
            assertThat(shelf()).containsExactly("boot-7-oom_" + PID + ".marker");
        }

        @Test
        void shouldBeHeapDumpsToo() throws IOException {
            Path dump = write(reports.resolve("java_pid" + PID + ".hprof"), "", STARTED.plusSeconds(10));
            Path other = write(reports.resolve("gateway.hprof"), "", ENDED.minusSeconds(2));
            write(reports.resolve("by-hand.hprof"), "", ENDED.minusSeconds(300));
            write(reports.resolve("older.hprof"), "", STARTED.minusSeconds(300));

            assertThat(gather())
                    .containsExactlyInAnyOrder(
                            new HeapExhausted("heap dump " + dump, STARTED.plusSeconds(10)),
                            new HeapExhausted("heap dump " + other, ENDED.minusSeconds(2)));
            assertThat(dump).exists();
        }
    }

    @Nested
    class TheServiceManagersNote {

        @Test
        void shouldBeReadOnce() throws IOException {
            write(
                    dataDir.resolve("witness"),
                    "result=signal\ncode=killed\nstatus=KILL\npid=" + PID + "\nat=" + ENDED.getEpochSecond(),
                    ENDED);

            assertThat(gather())
                    .hasSize(2)
                    .hasAtLeastOneElementOfType(WaitStatus.class)
                    .contains(new ServiceResult("signal"));
            assertThat(gather()).isEmpty();
            assertThat(shelf()).containsExactly("boot-7-witness");
        }

        @Test
        void shouldNotSpeakOfALaterBoot() throws IOException {
            write(
                    dataDir.resolve("witness"),
                    "result=signal\ncode=killed\nstatus=KILL\nat="
                            + STARTED.minusSeconds(60).getEpochSecond(),
                    ENDED);

            assertThat(gather()).singleElement().isInstanceOf(Missing.class);
            assertThat(shelf()).containsExactly("boot-7-witness");
        }
    }

    @Nested
    class TheKernel {

        @Test
        void shouldBeNamedWhenItKilledInTheGroup() {
            assertThat(gather(MACHINE, memory(5, 1), memory(5, 3), List.of()))
                    .containsExactly(new KernelOomKill(
                            "oom_kill of /sys/fs/cgroup/gw", 2, OptionalLong.of(4096), OptionalLong.of(4000)));
        }

        @Test
        void shouldBeSaidNotToHaveStruckWhenItDidNot() {
            assertThat(gather(MACHINE, memory(5, 1), memory(5, 1), List.of()))
                    .containsExactly(new KernelOomKill(
                            "oom_kill of /sys/fs/cgroup/gw", 0, OptionalLong.of(4096), OptionalLong.of(4000)));
        }

        @Test
        void shouldNotBeJudgedByTheCountsOfAnotherGroup() {
            assertThat(gather(MACHINE, memory(5, 1), memory(6, 3), List.of()))
                    .singleElement()
                    .isInstanceOf(Missing.class);
            assertThat(gather(MACHINE, memory(5, 1), memory(5, 0), List.of()))
                    .singleElement()
                    .isInstanceOf(Missing.class);
            assertThat(gather(MACHINE, memory(5, 1), MemoryGroup.Counts.UNKNOWN, List.of()))
                    .singleElement()
                    .isInstanceOf(Missing.class);
        }

        @Test
        void shouldSayThatTheMachineStartedAnew() {
            assertThat(gather("machine-boot-2", memory(5, 1), memory(5, 3), List.of()))
                    .containsExactly(new MachineBootChanged(MACHINE, "machine-boot-2"));
            assertThat(gather("", MemoryGroup.Counts.UNKNOWN, memory(5, 1), List.of()))
                    .isEmpty();
        }
    }

    @Nested
    class Reloads {

        @Test
        void shouldBeToldByTheParents() {
            assertThat(gather(
                            MACHINE,
                            MemoryGroup.Counts.UNKNOWN,
                            MemoryGroup.Counts.UNKNOWN,
                            List.of("bash", "nodemon", "supervisord")))
                    .containsExactly(new AutoReload("nodemon was among the parents"));
        }

        @Test
        void shouldBeToldByAProgramThatChangedJustBefore() throws IOException {
            Path jar = temp.resolve("steadyline.jar");
            for (Duration before : List.of(Duration.ZERO, Duration.ofMillis(1200), Duration.ofSeconds(5))) {
                write(jar, "", ENDED.minus(before));
                assertThat(gather())
                        .containsExactly(
                                new AutoReload(jar + " was changed " + before.toMillis() + " ms before the end"));
            }
            for (Duration before : List.of(Duration.ofMillis(-1), Duration.ofMillis(5001))) {
                write(jar, "", ENDED.minus(before));
                assertThat(gather()).isEmpty();
            }
        }
    }
}
