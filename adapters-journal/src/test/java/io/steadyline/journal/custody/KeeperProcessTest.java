package io.steadyline.journal.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.steadyline.keeper.KeeperExit;
import io.steadyline.keeper.KeeperMain;
import io.steadyline.keeper.ObituaryFile;
import io.steadyline.posix.Processes;
import io.steadyline.posix.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real keeper over a real worker whose sockets outlive it. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class KeeperProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private final Set<Integer> workers = new HashSet<>();
    private final EchoClients clients = new EchoClients();
    private Process keeper;

    @BeforeEach
    void startKeeper() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path classes = directory.resolve("one.path");
        Files.writeString(classes, "-cp \"" + System.getProperty("java.class.path") + "\"");
        List<String> command = new ArrayList<>(List.of(
                java,
                "-Xmx16m",
                "-Xss256k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KeeperMain.class.getName(),
                "--data-dir=" + directory,
                "--restart-window=600",
                "--jar=@" + classes,
                "--",
                java,
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "@" + classes,
                EchoWorker.class.getName(),
                directory.toString()));
        keeper = new ProcessBuilder(command)
                .redirectError(directory.resolve("errors").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @AfterEach
    void endWhatIsLeft() throws IOException {
        clients.close();
        keeper.destroyForcibly();
        for (int worker : workers) {
            ProcessHandle.of(worker).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void shouldKeepTwentyCallsThroughFourKills() throws Exception {
        int worker = nextWorker();
        assertThat(fact("sentence")).isEqualTo("calls survive a worker restart: yes (keeper)");
        assertThat(fact("evidence")).isEqualTo("[]");
        clients.connect(20, Integer.parseInt(fact("port")));
        clients.send();
        clients.receive();
        for (int kill = 0; kill < 4; kill++) {
            Processes.kill(worker, Signals.SIGKILL);
            // Nobody serves them now.
            clients.send();
            worker = nextWorker();
            assertThat(fact("adopted")).isEqualTo("20");
            assertThat(fact("evidence"))
                    .contains("WaitStatus[witness=KEEPER, exitCode=OptionalInt.empty, signal=OptionalInt[9]");
            clients.receive();
        }
        Processes.kill(worker, Signals.SIGKILL);
        // Waits in the listener that is kept.
        clients.connect(1, Integer.parseInt(fact("port")));
        clients.send();
        clients.receive();
        nextWorker();
        assertThat(errors()).contains("killed by signal 9 (SIGKILL)", "21 sockets held, 1 of 5 unplanned ends");
    }

    @Test
    void shouldKeepCallsThroughAnUpgradeToAnotherProgram() throws Exception {
        nextWorker();
        clients.connect(3, Integer.parseInt(fact("port")));
        clients.send();
        clients.receive();
        Path other = Files.copy(directory.resolve("one.path"), directory.resolve("two.path"));
        command("upgrade @" + other);
        int worker = nextWorker();
        assertThat(commandLine(worker)).contains("two.path").doesNotContain("one.path");
        assertThat(fact("evidence")).contains("exitCode=OptionalInt[75]", "HandOver");
        clients.send();
        clients.receive();
        assertThat(errors()).contains("exited with 75", "0 of 5 unplanned ends");
    }

    @Test
    void shouldLetTheWorkerThatWaitsTakeOver() throws Exception {
        int worker = nextWorker();
        clients.connect(3, Integer.parseInt(fact("port")));
        clients.send();
        clients.receive();
        int waiting = waitingWorker();
        Processes.kill(worker, Signals.SIGKILL);
        clients.send();
        assertThat(nextWorker()).isEqualTo(waiting);
        assertThat(fact("adopted")).isEqualTo("3");
        assertThat(fact("evidence")).contains("signal=OptionalInt[9]");
        clients.receive();
        assertThat(errors()).contains("worker " + waiting + ", which was waiting, called");
    }

    @Test
    void shouldNotLeaveAWorkerThatWaitsBehind() throws Exception {
        nextWorker();
        int waiting = waitingWorker();
        keeper.destroyForcibly();
        await().atMost(PATIENCE).until(() -> ProcessHandle.of(waiting).isEmpty());
    }

    @Test
    void shouldSayBeforeAnUpgradeThatTheNewProgramDoesNotStart() throws Exception {
        nextWorker();
        Path broken = Files.writeString(directory.resolve("broken.path"), "-cp nothing");
        command("prepare @" + broken);
        await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("prepared")));
        assertThat(fact("prepared")).isEqualTo("the next worker exited with 1");
        // A second try is not answered by the first.
        Files.delete(directory.resolve("prepared"));
        command("prepare @" + Files.copy(directory.resolve("one.path"), directory.resolve("two.path")));
        await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("prepared")));
        assertThat(fact("prepared")).isEmpty();
    }

    @Test
    void shouldHaveTheNextProgramWaitBeforeAnUpgrade() throws Exception {
        nextWorker();
        Path other = Files.copy(directory.resolve("one.path"), directory.resolve("two.path"));
        command("prepare @" + other);
        await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("prepared")));
        assertThat(fact("prepared")).isEmpty();
        command("upgrade @" + other);
        assertThat(commandLine(nextWorker())).contains("two.path");
        assertThat(errors()).contains("which was waiting, called");
    }

    @Test
    void shouldGoBackWhenTheNewProgramDoesNotServe() throws Exception {
        nextWorker();
        clients.connect(3, Integer.parseInt(fact("port")));
        clients.send();
        clients.receive();
        Path broken = Files.writeString(directory.resolve("broken.path"), "-cp nothing");
        command("upgrade @" + broken);
        int worker = nextWorker();
        assertThat(commandLine(worker)).contains("one.path");
        clients.send();
        clients.receive();
        assertThat(errors()).contains("the new program ended before it served: back to the one before");
    }

    @Test
    void shouldCloseTheCallsAfterALoopOfDeaths() throws Exception {
        nextWorker();
        clients.connect(3, Integer.parseInt(fact("port")));
        clients.send();
        clients.receive();
        for (int death = 0; death < 6; death++) {
            command("halt");
            if (death < 5) {
                nextWorker();
            }
        }
        assertThat(keeper.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(keeper.exitValue()).isEqualTo(KeeperExit.GAVE_UP);
        clients.shouldBeClosed();
        assertThat(errors()).contains("gives up", "4 sockets closed", "exited with 7");
        assertThat(ObituaryFile.read(directory)).hasValueSatisfying(of -> {
            assertThat(of.status().exitCode()).hasValue(7);
            assertThat(of.wasReady()).isTrue();
            assertThat(of.socketsHeld()).isEqualTo(4);
        });
    }

    @Test
    void shouldNotStartAnotherWhenTheWorkerSaidThatItStops() throws Exception {
        nextWorker();
        command("stop");
        assertThat(keeper.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(keeper.exitValue()).isEqualTo(3);
    }

    @Test
    void shouldGoOnAndSaySoWhenTheKeeperIsKilled() throws Exception {
        nextWorker();
        clients.connect(3, Integer.parseInt(fact("port")));
        clients.send();
        clients.receive();
        keeper.destroyForcibly();
        await().atMost(PATIENCE).until(() -> Files.exists(directory.resolve("lost")));
        assertThat(fact("lost")).isEqualTo("false");
        clients.send();
        clients.receive();
    }

    /** Waits for a worker that was not seen yet, and returns its pid. Its other facts are there then too. */
    private int nextWorker() {
        int pid = await().atMost(PATIENCE)
                .until(
                        () -> Files.exists(directory.resolve("pid")) ? Integer.parseInt(fact("pid")) : 0,
                        found -> found != 0 && !workers.contains(found));
        workers.add(pid);
        return pid;
    }

    private int waitingWorker() {
        Matcher said = await().atMost(PATIENCE)
                .until(() -> Pattern.compile("worker (\\d+) waits to take over").matcher(errors()), Matcher::find);
        int pid = Integer.parseInt(said.group(1));
        return pid;
    }

    private void command(String words) throws IOException {
        Path beside = Files.writeString(directory.resolve("command.new"), words);
        Files.move(beside, directory.resolve("command"), StandardCopyOption.ATOMIC_MOVE);
    }

    private String fact(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    private String errors() throws IOException {
        return Files.readString(directory.resolve("errors"));
    }

    private static String commandLine(int pid) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
    }
}
