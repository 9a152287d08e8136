package io.steadyline.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The keeper as a process, with a shell for a worker. */
@EnabledOnOs(OS.LINUX)
class KeeperMainTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();
    private Path errors;

    @BeforeEach
    void nameFiles() {
        errors = directory.resolve("errors");
    }

    @AfterEach
    void endWhatIsLeft() throws IOException {
        if (Files.exists(directory.resolve("w.pid"))) {
            long worker =
                    Long.parseLong(Files.readString(directory.resolve("w.pid")).strip());
            ProcessHandle.of(worker).ifPresent(ProcessHandle::destroyForcibly);
        }
        started.forEach(Process::destroyForcibly);
    }

    @Nested
    class WhenTheWorkerEndsByItself {

        @Test
        void shouldEndWithItsCodeWhenItWasDone() throws Exception {
            assertThat(end(keeper("exit 0"))).isZero();
            assertThat(errors).content().contains("exited with 0", "keeper ends with 0");
        }

        @Test
        void shouldEndWithItsCodeWhenItRefusedItsConfiguration() throws Exception {
            assertThat(end(keeper("exit 78"))).isEqualTo(78);
            assertThat(ObituaryFile.read(directory)).hasValueSatisfying(of -> {
                assertThat(of.status().exitCode()).hasValue(78);
                assertThat(of.generation()).isEqualTo(1);
            });
        }

        @Test
        void shouldStartItAgainAtOnceWhenItStepsAside() throws Exception {
            // The file is the worker's memory: seven hand-overs are more than the intensity would allow.
            String worker = "echo x >> $0.runs; [ $(wc -l < $0.runs) -gt 7 ] && exit 0; exit 75";
            assertThat(end(keeper(worker, directory.resolve("n").toString()))).isZero();
            assertThat(directory.resolve("n.runs")).content().hasLineCount(8);
        }

        @Test
        void shouldGiveUpALoopAndLeaveAnObituary() throws Exception {
            assertThat(end(keeper("kill -9 $$"))).isEqualTo(KeeperExit.GAVE_UP);
            assertThat(ObituaryFile.read(directory)).hasValueSatisfying(of -> {
                assertThat(of.status().signal()).hasValue(9);
                assertThat(of.generation()).isEqualTo(6);
                assertThat(of.restartsInWindow()).isEqualTo(6);
                assertThat(of.wasReady()).isFalse();
            });
            assertThat(Files.readAllLines(errors).getLast())
                    .contains(
                            "KEEPER gives up: more than 5 unplanned ends within 30 s", "killed by signal 9 (SIGKILL)");
            assertThat(directory.resolve("w.pid")).doesNotExist();
        }

        @Test
        void shouldEndWhenThereIsNoSuchProgram() throws Exception {
            Process keeper = start(List.of("--", "no-such-program"));
            assertThat(end(keeper)).isEqualTo(KeeperExit.GAVE_UP);
            assertThat(errors).content().contains("no-such-program cannot be started: posix_spawn: ENOENT (2)");
        }
    }

    @Nested
    class WhenASignalComes {

        @Test
        void shouldPassOnEachSigtermAndEndWithTheWorkersCode() throws Exception {
            Process keeper = keeper(
                    "trap 'echo t >> $0.got; [ $(wc -l < $0.got) -ge 2 ] && exit 5' TERM; "
                            + "echo > $0.up; while :; do sleep 0.02; done",
                    file("s"));
            awaitFile("s.up");
            signal(keeper, "TERM");
            awaitFile("s.got");
            assertThat(keeper.isAlive()).isTrue();
            signal(keeper, "TERM");
            assertThat(end(keeper)).isEqualTo(5);
            assertThat(errors).content().contains("asked to stop: keeper ends with 5");
            assertThat(ObituaryFile.read(directory)).hasValueSatisfying(of -> {
                assertThat(of.asked()).isEqualTo(Obituary.Asked.STOP);
                assertThat(of.stopSignal()).isEqualTo(15);
                assertThat(of.killedByKeeper()).isFalse();
            });
        }

        @Test
        void shouldNotTakeSighupForAStop() throws Exception {
            Process keeper = keeper(
                    "[ -e $0.up ] && exit 0; trap 'exit 9' HUP; " + "echo > $0.up; while :; do sleep 0.02; done",
                    file("h"));
            awaitFile("h.up");
            // Before that it has no worker whom to tell.
            await().atMost(PATIENCE).until(() -> Files.readString(errors).contains("has started worker"));
            signal(keeper, "HUP");
            assertThat(end(keeper)).isZero();
            assertThat(errors).content().contains("SIGHUP goes on to worker", "exited with 9", "exited with 0");
        }

        @Test
        void shouldKillAWorkerThatDoesNotEndInTime() throws Exception {
            Process keeper = start(List.of(
                    "--stop-timeout=1",
                    "--data-dir=" + directory,
                    "--worker-pid-file=" + file("w.pid"),
                    "--",
                    "sh",
                    "-c",
                    "trap '' TERM; echo > $0.up; while :; do sleep 0.02; done",
                    file("k")));
            awaitFile("k.up");
            signal(keeper, "TERM");
            assertThat(end(keeper)).isEqualTo(137);
            assertThat(errors).content().contains("did not end within 1 s of SIGTERM: SIGKILL");
            assertThat(ObituaryFile.read(directory))
                    .hasValueSatisfying(of -> assertThat(of.killedByKeeper()).isTrue());
        }
    }

    @Test
    void shouldExplainAWrongCall() throws Exception {
        assertThat(end(start(List.of("--nonsense")))).isEqualTo(KeeperExit.USAGE);
        assertThat(errors).content().contains("--nonsense (expected", "Usage: KeeperMain");
    }

    private Process keeper(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("--data-dir=" + directory, "--worker-pid-file=" + file("w.pid"), "--", "sh", "-c", script));
        command.addAll(List.of(arguments));
        return start(command);
    }

    private Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KeeperMain.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(errors.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        started.add(process);
        return process;
    }

    private static int end(Process keeper) throws InterruptedException {
        assertThat(keeper.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("the keeper has ended")
                .isTrue();
        return keeper.exitValue();
    }

    private static void signal(Process to, String name) throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", "kill -" + name + " " + to.pid())
                        .start()
                        .waitFor())
                .isZero();
    }

    private void awaitFile(String name) {
        await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve(name)));
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }
}
