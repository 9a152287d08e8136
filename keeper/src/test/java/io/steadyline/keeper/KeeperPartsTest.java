package io.steadyline.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.posix.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of the keeper that decide without a process. */
class KeeperPartsTest {

    @Nested
    class RestartsWithinAWindow {

        private final RestartIntensity intensity = new RestartIntensity(2, Duration.ofNanos(100));

        @Test
        void shouldAllowTwoAndRefuseTheThird() {
            assertThat(intensity.mayRestart(0)).isTrue();
            assertThat(intensity.mayRestart(1)).isTrue();
            assertThat(intensity.mayRestart(100)).isFalse();
        }

        @Test
        void shouldForgetWhatIsOlderThanTheWindow() {
            intensity.mayRestart(0);
            intensity.mayRestart(1);
            assertThat(intensity.mayRestart(101)).isTrue();
            assertThat(intensity.inWindow(101)).isEqualTo(2);
        }

        @Test
        void shouldSurviveTheWrapOfTheClock() {
            intensity.mayRestart(Long.MAX_VALUE - 10);
            assertThat(intensity.inWindow(Long.MIN_VALUE + 10)).isEqualTo(1);
            assertThat(intensity.inWindow(Long.MIN_VALUE + 1000)).isZero();
        }
    }

    @Nested
    class AfterTheEndOfAWorker {

        @Test
        void shouldEndWhenItWasDoneRefusedOrAskedToStop() {
            assertThat(Afterwards.of(ExitStatus.exited(0), false)).isEqualTo(Afterwards.END);
            assertThat(Afterwards.of(ExitStatus.exited(78), false)).isEqualTo(Afterwards.END);
            assertThat(Afterwards.of(ExitStatus.killedBy(9), true)).isEqualTo(Afterwards.END);
            assertThat(Afterwards.of(ExitStatus.exited(75), true)).isEqualTo(Afterwards.END);
        }

        @Test
        void shouldStartTheNextAtOnce() {
            assertThat(Afterwards.of(ExitStatus.exited(75), false)).isEqualTo(Afterwards.HAND_OVER);
            assertThat(Afterwards.of(ExitStatus.exited(1), false)).isEqualTo(Afterwards.RESTART);
            assertThat(Afterwards.of(ExitStatus.killedBy(15), false)).isEqualTo(Afterwards.RESTART);
        }
    }

    @Nested
    class AnUpgrade {

        private final WorkerCommand command =
                new WorkerCommand(List.of("java", "-cp", "old.jar", "Main"), Optional.of("old.jar"));

        @Test
        void shouldPutTheNewProgramWhereTheOldOneWas() {
            assertThat(command.upgradeTo("new.jar")).isTrue();
            assertThat(command.arguments()).containsExactly("java", "-cp", "new.jar", "Main");
            assertThat(command.upgradeTo("newer.jar")).isTrue();
            assertThat(command.arguments()).containsExactly("java", "-cp", "newer.jar", "Main");
        }

        @Test
        void shouldGoBackOnceWhileTheNewProgramHasNotServed() {
            command.upgradeTo("new.jar");
            assertThat(command.goBack()).isTrue();
            assertThat(command.arguments()).contains("old.jar");
            assertThat(command.goBack()).isFalse();
        }

        @Test
        void shouldNotGoBackFromAProgramThatServed() {
            command.upgradeTo("new.jar");
            command.served();
            assertThat(command.goBack()).isFalse();
            assertThat(command.arguments()).contains("new.jar");
        }

        @Test
        void shouldNotGuessWhichArgumentIsTheProgram() {
            assertThat(new WorkerCommand(List.of("java", "x.jar"), Optional.empty()).upgradeTo("y.jar"))
                    .isFalse();
        }
    }

    @Nested
    class TheMemoryGroup {

        @TempDir
        private Path root;

        @Test
        void shouldReadVersionTwo() throws IOException {
            Path own = Files.createDirectories(root.resolve("fs/app"));
            Files.writeString(own.resolve("memory.events"), "low 0\noom 4\noom_kill 3\n");
            Files.writeString(own.resolve("memory.max"), "157286400\n");
            Files.writeString(own.resolve("memory.current"), "1000\n");
            assertThat(reading("0::/app\n")).isEqualTo(new MemoryGroup.Reading(3, 157286400, 1000));
        }

        @Test
        void shouldTakeTheRootOfTheMountInAContainerAndKnowNoLimitFromAnyNumber() throws IOException {
            Path fs = Files.createDirectories(root.resolve("fs"));
            Files.writeString(fs.resolve("memory.events"), "oom_kill 1\n");
            Files.writeString(fs.resolve("memory.max"), "max\n");
            assertThat(reading("0::/of/the/host\n")).isEqualTo(new MemoryGroup.Reading(1, -1, -1));
        }

        @Test
        void shouldReadVersionOne() throws IOException {
            Path own = Files.createDirectories(root.resolve("fs/memory/app"));
            Files.writeString(own.resolve("memory.oom_control"), "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n");
            Files.writeString(own.resolve("memory.limit_in_bytes"), "9223372036854771712\n");
            Files.writeString(own.resolve("memory.usage_in_bytes"), "77\n");
            assertThat(reading("5:memory:/app\n0::/\n")).isEqualTo(new MemoryGroup.Reading(2, -1, 77));
        }

        @Test
        void shouldKnowNothingWhereThereIsNothing() {
            assertThat(MemoryGroup.find(root.resolve("none"), root).read())
                    .isEqualTo(new MemoryGroup.Reading(-1, -1, -1));
        }

        private MemoryGroup.Reading reading(String groups) throws IOException {
            Path file = Files.writeString(root.resolve("cgroup"), groups);
            return MemoryGroup.find(file, root.resolve("fs")).read();
        }
    }

    @Nested
    class TheObituaryFile {

        @TempDir
        private Path directory;

        private final Obituary obituary = new Obituary(
                2,
                99,
                new ExitStatus(0x8b),
                Instant.ofEpochMilli(1_000),
                Instant.ofEpochMilli(2_000),
                Obituary.Asked.STOP,
                Instant.ofEpochMilli(1_500),
                15,
                true,
                false,
                1,
                2,
                3,
                4,
                5);

        @Test
        void shouldBringBackWhatWasWritten() throws IOException {
            ObituaryFile.write(directory, obituary, true, "a\nsentence");
            assertThat(ObituaryFile.read(directory)).contains(obituary);
            assertThat(directory.resolve(ObituaryFile.NAME))
                    .content()
                    .contains("wait_status=139\n", "sentence=a sentence\n", "keeper_ends=true\n");
        }

        @Test
        void shouldKeepTheOlderOnesBehindTheNewest() throws IOException {
            for (int pid = 1; pid <= ObituaryFile.MOST + 2; pid++) {
                ObituaryFile.write(directory, ofPid(pid), false, "ended");
            }
            ObituaryFile.write(directory, ofPid(ObituaryFile.MOST + 2), true, "the same, and the keeper ends");
            assertThat(ObituaryFile.readAll(directory))
                    .extracting(Obituary::workerPid)
                    .containsExactlyElementsOf(LongStream.rangeClosed(-ObituaryFile.MOST - 2, -3)
                            .map(pid -> -pid)
                            .boxed()
                            .toList());
            assertThat(ObituaryFile.read(directory).orElseThrow().workerPid()).isEqualTo(ObituaryFile.MOST + 2);
        }

        private Obituary ofPid(long pid) {
            return new Obituary(
                    1,
                    pid,
                    new ExitStatus(9),
                    Instant.ofEpochMilli(1_000 + pid),
                    Instant.ofEpochMilli(2_000 + pid),
                    Obituary.Asked.NO,
                    Instant.EPOCH,
                    0,
                    false,
                    true,
                    0,
                    -1,
                    -1,
                    1,
                    0);
        }

        @Test
        void shouldBeEmptyWhenMissingOrDamaged() throws IOException {
            assertThat(ObituaryFile.read(directory)).isEmpty();
            Files.writeString(directory.resolve(ObituaryFile.NAME), "pid=99\nwait_status=x\n");
            assertThat(ObituaryFile.read(directory)).isEmpty();
        }
    }

    @Nested
    class TheCommandLine {

        @Test
        void shouldTakeOptionsBeforeTheCommand() throws KeeperOptions.UsageException {
            KeeperOptions options = KeeperOptions.parse(
                    "--worker-pid-file=w.pid",
                    "--restarts=1",
                    "--stop-timeout=8",
                    "--jar=a.jar",
                    "--",
                    "java",
                    "--",
                    "x");
            assertThat(options.command()).containsExactly("java", "--", "x");
            assertThat(options.restarts()).isEqualTo(1);
            assertThat(options.restartWindow()).isEqualTo(Duration.ofSeconds(30));
            assertThat(options.stopTimeout()).contains(Duration.ofSeconds(8));
            assertThat(options.dataDir()).isEmpty();
        }

        @Test
        void shouldNameWhatIsWrong() {
            assertThatThrownBy(() -> KeeperOptions.parse("--restarts=x", "--", "java"))
                    .hasMessage("--restarts=x (expected: a whole number)");
            assertThatThrownBy(() -> KeeperOptions.parse("--restart-window=0", "--", "java"))
                    .hasMessage("--restart-window=0 (expected: at least 1)");
            assertThatThrownBy(() -> KeeperOptions.parse("--")).hasMessageContaining("no command");
            assertThatThrownBy(() -> KeeperOptions.parse("java")).hasMessageContaining("java (expected");
            assertThatThrownBy(() -> KeeperOptions.parse("--heap=1", "--", "java"))
                    .hasMessageContaining("--heap=1 (expected");
        }
    }
}
