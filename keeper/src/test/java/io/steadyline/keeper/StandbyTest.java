package io.steadyline.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With shells, which never say hello; one that does is in the tests of the worker's side. */
@EnabledOnOs(OS.LINUX)
class StandbyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final Standby standby = new Standby(new HeldSockets(), true);

    @AfterEach
    void end() {
        standby.end();
    }

    @Test
    void shouldSayWhyTheNextProgramDoesNotWait() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        standby.prepare(List.of("sh", "-c", "exit 9"), answer::complete);
        assertThat(answer).succeedsWithin(PATIENCE).isEqualTo("the next worker exited with 9");
    }

    @Test
    void shouldSayThatAProgramIsNotThere() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        standby.prepare(List.of("no-such-program"), answer::complete);
        assertThat(answer).succeedsWithin(PATIENCE).asString().contains("cannot be started", "ENOENT");
    }

    @Test
    void shouldAnswerAtOnceWhenNobodyEverWaits() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Standby none = new Standby(new HeldSockets(), false);
        none.prepare(List.of("sh", "-c", "exit 9"), answer::complete);
        assertThat(answer).isCompletedWithValue("");
        assertThat(none.take(List.of("sh", "-c", "exit 9"))).isNull();
    }

    @Test
    void shouldTellItsWorkerToWaitAndEndOneThatIsNotWarmWhenItIsNeeded() throws Exception {
        Path pid = directory.resolve("pid");
        List<String> command = List.of(
                "sh",
                "-c",
                "[ \"$STEADYLINE_KEEPER_STANDBY\" = 1 ] && echo $$ > $0.new && mv $0.new $0; exec sleep 60",
                pid.toString());
        standby.prepare(command, _ -> {});
        await().atMost(PATIENCE).until(() -> Files.exists(pid));
        long waiting = Long.parseLong(Files.readString(pid).strip());
        assertThat(standby.take(command)).isNull();
        await().atMost(PATIENCE).until(() -> ProcessHandle.of(waiting).isEmpty());
    }

    @Test
    void shouldStartAnewForAnUpgradeBecauseItsFileMayBeAnotherOne() throws Exception {
        Path pid = directory.resolve("pid");
        List<String> command = List.of("sh", "-c", "echo $$ > $0.new && mv $0.new $0; exec sleep 60", pid.toString());
        standby.begin(command);
        await().atMost(PATIENCE).until(() -> Files.exists(pid));
        long waiting = Long.parseLong(Files.readString(pid).strip());
        standby.prepare(command, _ -> {});
        await().atMost(PATIENCE).until(() -> ProcessHandle.of(waiting).isEmpty());
        await().atMost(PATIENCE)
                .until(() -> Long.parseLong(Files.readString(pid).strip()) != waiting);
    }

    @Test
    void shouldEndWhatIsOfAnotherProgram() throws Exception {
        Path pid = directory.resolve("pid");
        standby.prepare(
                List.of("sh", "-c", "echo $$ > $0.new && mv $0.new $0; exec sleep 60", pid.toString()), _ -> {});
        await().atMost(PATIENCE).until(() -> Files.exists(pid));
        long waiting = Long.parseLong(Files.readString(pid).strip());
        standby.begin(List.of("sh", "-c", "exec sleep 61"));
        await().atMost(PATIENCE).until(() -> ProcessHandle.of(waiting).isEmpty());
    }
}
