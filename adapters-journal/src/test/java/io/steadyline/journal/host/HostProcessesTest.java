package io.steadyline.journal.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostProcessesTest {

    @TempDir
    Path temp;

    @Test
    void shouldReadANameWithBracketsAndSpaces() throws IOException {
        FakeProc proc = new FakeProc(temp);
        proc.process(7, 1, "PM2 v5: (God)", "PM2 v5: God Daemon");

        HostProcess found = proc.processes().find(7).orElseThrow();

        assertThat(found.name()).isEqualTo("PM2 v5: (God)");
        assertThat(found.parentPid()).isEqualTo(1);
        assertThat(found.startTicks()).isEqualTo(5000);
        assertThat(found.startedAt()).isEqualTo(Instant.ofEpochSecond(1_000_050));
        assertThat(found.cwd()).isEmpty();
    }

    @Test
    void shouldFollowParentsAsFarAsTheyAreSeen() throws IOException {
        FakeProc proc = new FakeProc(temp);
        proc.process(9, 8, "java", "java");
        proc.process(8, 7, "bash", "bash");

        assertThat(HostProcesses.names(proc.processes().parents(9))).containsExactly("bash");
        assertThat(proc.processes().parents(4711)).isEmpty();
    }

    @Test
    void shouldEndALoopOfParents() throws IOException {
        FakeProc proc = new FakeProc(temp);
        proc.process(9, 8, "a", "a");
        proc.process(8, 9, "b", "b");

        assertThat(proc.processes().parents(9)).hasSizeBetween(2, 24);
    }

    @Test
    void shouldTellAProcessFromALaterOneOfTheSameNumber() throws IOException {
        FakeProc proc = new FakeProc(temp);
        proc.process(9, 1, "java", "java");

        assertThat(proc.processes().lives(9, 5000)).isTrue();
        assertThat(proc.processes().lives(9, 4999)).isFalse();
        assertThat(proc.processes().lives(9, 0)).isTrue();
        assertThat(proc.processes().lives(10, 5000)).isFalse();
    }

    @Test
    void shouldSeeThisProcess() {
        HostProcess me = new HostProcesses().find(ProcessHandle.current().pid()).orElseThrow();

        assertThat(me.argv()).isNotEmpty();
        assertThat(me.startedAt()).isBefore(Instant.now());
        assertThat(me.cwd()).isPresent();
    }

    @Test
    void shouldNotTakeDamagedFilesForAProcess() throws IOException {
        FakeProc proc = new FakeProc(temp);
        proc.file("9/stat", "9 (java");
        proc.file("10/stat", "");

        assertThat(proc.processes().find(9)).isEmpty();
        assertThat(proc.processes().find(10)).isEmpty();
    }

    @Test
    void shouldShowACommandLineInOneLine() throws IOException {
        FakeProc proc = new FakeProc(temp);
        proc.process(9, 1, "java", "java", "-Dx=a\nb\u001b[31m", "y".repeat(500));

        String shown = proc.processes().find(9).orElseThrow().commandLine();

        assertThat(shown).startsWith("java -Dx=a?b?[31m yyy").endsWith("y…").hasSize(160);
    }
}
