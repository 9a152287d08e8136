package io.steadyline.bootstrap.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.steadyline.admin.v1.Boot;
import io.steadyline.admin.v1.BootEnd;
import io.steadyline.admin.v1.BootEndCause;
import io.steadyline.admin.v1.Confidence;
import io.steadyline.bootstrap.Main;
import io.steadyline.bootstrap.drill.Death.Course;
import io.steadyline.bootstrap.drill.Finding.Judgement;
import io.steadyline.keeper.KeeperMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DeathsTest {

    private static final Death KILLED =
            Death.of(14, "`kill -9`", BootEndCause.BOOT_END_CAUSE_SIGKILL, victim -> victim.signalWorker(9));

    @TempDir
    private Path directory;

    /** Two starts for each kind: all the others are in {@code ./steadyline fault deaths}. */
    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(120)
    void shouldBeNamedRightWithAParentAndNotWrongAlone() throws Exception {
        List<String> progress = new CopyOnWriteArrayList<>();
        try (DrillContext context = DrillContext.in(launcher(), directory, 0, 1, "", progress::add);
                Obstacles obstacles = Obstacles.in(directory)) {
            DeathTable table = Deaths.run(context, List.of(KILLED), obstacles);
            table.judge();
            assertThat(table.lines())
                    .as("%s", progress)
                    .contains("| 14 | `kill -9` | `sigkill`, certain | right | `abrupt`, cannot tell | cannot tell |");
        }
    }

    /** As the real one, for classes that are in no jar yet. */
    private Path launcher() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java")
                + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED"
                + " --sun-misc-unsafe-memory-access=allow -cp '" + System.getProperty("java.class.path") + "' ";
        Path launcher = Files.writeString(
                directory.resolve("launcher"), """
                    #!/bin/sh
                    case "$*" in
                      *--keep-calls*)
                        mkdir -p "$STEADYLINE_DATA_DIR"
                        exec %1$s %2$s "--data-dir=$STEADYLINE_DATA_DIR" -- %1$s %3$s "$@" ;;
                    esac
                    exec %1$s %3$s "$@"
                    """.formatted(java, KeeperMain.class.getName(), Main.class.getName()));
        return Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }

    @Nested
    class AJudgement {

        @Test
        void shouldBeRightOnlyWithTheParticulars() {
            Death death = KILLED.saying("nobody had asked");
            assertThat(judge(death, true, "nobody had asked it")).isEqualTo(Judgement.RIGHT);
            assertThat(judge(death, true, "somebody had")).isEqualTo(Judgement.WRONG);
        }

        @Test
        void shouldTakeTheLesserCauseForRightOnlyAlone() {
            Death death = Death.of(11, "stop", BootEndCause.BOOT_END_CAUSE_STOP_TIMED_OUT, _ -> {})
                    .orAlone(BootEndCause.BOOT_END_CAUSE_SIGKILL);
            assertThat(judge(death, false, "")).isEqualTo(Judgement.RIGHT);
            assertThat(judge(death, true, "")).isEqualTo(Judgement.WRONG);
        }

        @Test
        void shouldBeTheWorstOfAllBootsThatEnded() {
            Finding finding = Finding.of(
                    KILLED,
                    true,
                    List.of(
                            boot(BootEndCause.BOOT_END_CAUSE_SIGKILL, Confidence.CONFIDENCE_CERTAIN, ""),
                            boot(BootEndCause.BOOT_END_CAUSE_HALT, Confidence.CONFIDENCE_LIKELY, "")));
            assertThat(finding.judgement()).isEqualTo(Judgement.WRONG);
            assertThat(finding.said()).isEqualTo("`halt`, likely (2 boots)");
            assertThat(Finding.of(KILLED, true, List.of()).judgement()).isEqualTo(Judgement.WRONG);
        }

        @Test
        void shouldFailTheDrillWhenAParentCannotTell() throws Exception {
            Finding cannotTell = Finding.of(
                    KILLED,
                    true,
                    List.of(boot(
                            BootEndCause.BOOT_END_CAUSE_ABRUPT, Confidence.CONFIDENCE_CANNOT_TELL, "ended abruptly")));
            DeathTable alone = new DeathTable();
            alone.add(KILLED, false, cannotTell);
            alone.judge();
            DeathTable withParent = new DeathTable();
            withParent.add(KILLED.then(Course.KEEPER_ENDS), true, cannotTell);
            assertThatThrownBy(withParent::judge)
                    .isInstanceOf(DrillFailure.class)
                    .hasMessageContaining("With a parent: 0 right, 1 cannot tell");
        }

        private static Judgement judge(Death death, boolean hasParent, String sentence) {
            return Finding.of(
                            death,
                            hasParent,
                            List.of(boot(BootEndCause.BOOT_END_CAUSE_SIGKILL, Confidence.CONFIDENCE_CERTAIN, sentence)))
                    .judgement();
        }

        private static Boot boot(BootEndCause cause, Confidence confidence, String sentence) {
            return Boot.newBuilder()
                    .setEnd(BootEnd.newBuilder()
                            .setCause(cause)
                            .setConfidence(confidence)
                            .setSentence(sentence))
                    .build();
        }
    }
}
