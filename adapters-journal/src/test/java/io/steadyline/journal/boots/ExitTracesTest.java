package io.steadyline.journal.boots;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.restart.Cause;
import io.steadyline.restart.Diagnoser;
import io.steadyline.restart.Diagnosis;
import io.steadyline.restart.Evidence;
import io.steadyline.restart.Evidence.CleanMark;
import io.steadyline.restart.Evidence.OwnDecision;
import io.steadyline.restart.Evidence.OwnReason;
import io.steadyline.restart.Evidence.RuntimeExit;
import io.steadyline.restart.Evidence.Uncaught;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes: what they note when they end is the point. */
class ExitTracesTest {

    @TempDir
    Path data;

    private int exitCodeOf(String way) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:MaxDirectMemorySize=16m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExitVictim.class.getName(),
                        data.toString(),
                        way)
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("output").toFile())
                .start();
        try {
            assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private List<Evidence> notes() {
        return LifeLog.read(data.resolve("boots").resolve("7-boot7.life")).notes();
    }

    @Test
    void shouldNoteWhoCalledSystemExit() throws Exception {
        assertThat(exitCodeOf("exit")).isEqualTo(5);
        assertThat(notes()).hasSize(2);
        assertThat(notes().get(0)).isInstanceOfSatisfying(RuntimeExit.class, exit -> {
            assertThat(exit.status()).isEqualTo(5);
            assertThat(exit.caller())
                    .startsWith(ExitVictim.class.getName() + ".")
                    .contains("(ExitVictim.java:");
        });
        assertThat(notes().get(1)).isInstanceOf(CleanMark.class);
        Diagnosis diagnosis = Diagnoser.diagnose(Boots.boot(7), notes());
        assertThat(diagnosis.cause()).isEqualTo(Cause.SYSTEM_EXIT);
        assertThat(diagnosis.sentence()).contains("System.exit(5) by " + ExitVictim.class.getName());
    }

    @Test
    void shouldEndByItsOwnDecisionWhenDirectMemoryIsExhausted() throws Exception {
        assertThat(exitCodeOf("direct")).isEqualTo(LastResort.EXIT_OWN_DECISION);
        assertThat(notes()).hasSize(2);
        assertThat(notes().get(0))
                .isInstanceOfSatisfying(
                        Uncaught.class,
                        uncaught -> assertThat(uncaught.thread()).isEqualTo("worker-1"));
        assertThat(notes().get(1)).isInstanceOfSatisfying(OwnDecision.class, decision -> {
            assertThat(decision.reason()).isEqualTo(OwnReason.DIRECT_MEMORY);
            assertThat(decision.detail()).contains("direct buffer memory");
        });
        assertThat(Diagnoser.diagnose(Boots.boot(7), notes()).cause()).isEqualTo(Cause.OWN_DECISION);
    }

    @Test
    void shouldNoteWhatNobodyCaughtInMain() throws Exception {
        assertThat(exitCodeOf("throw")).isEqualTo(1);
        assertThat(notes().get(0)).isInstanceOfSatisfying(Uncaught.class, uncaught -> {
            assertThat(uncaught.thread()).isEqualTo("main");
            assertThat(uncaught.exception()).isEqualTo("java.lang.IllegalStateException: boom");
            assertThat(uncaught.frame()).startsWith(ExitVictim.class.getName() + ".main(ExitVictim.java:");
        });
        assertThat(Diagnoser.diagnose(Boots.boot(7), notes()).cause()).isEqualTo(Cause.UNCAUGHT_IN_MAIN);
    }

    @Test
    void shouldLeaveNoHandlerBehind() throws Exception {
        assertThat(exitCodeOf("nothing")).isZero();
        assertThat(notes()).singleElement().isInstanceOf(CleanMark.class);
    }
}
