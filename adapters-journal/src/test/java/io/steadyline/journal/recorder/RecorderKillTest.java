package io.steadyline.journal.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.restart.SlotSnapshot;
import io.steadyline.testkit.Seeds;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RecorderKillTest {

    private static final int KILLS = 20;
    private static final int SIGKILL_STATUS = 128 + 9;

    @TempDir
    Path dir;

    @Test
    @Timeout(300)
    void shouldLeaveWholeNumbersWheneverItsWriterIsKilled() {
        int[] calls = new int[1];
        int[] kills = new int[1];
        Seeds.forEach(KILLS, (seed, random) -> {
            Path file = dir.resolve("killed-" + kills[0]++ + ".slots");
            killAfter(random.nextLong(1_000_000, 80_000_000), file);
            Previous left = Recorder.open(file, new RecorderSettings(2), Samples.boot(2))
                    .previous()
                    .orElseThrow();
            assertThat(left.damage()).isEmpty();
            assertThat(left.bootId()).isEqualTo("boot-1");
            assertThat(left.lastHeartbeatNs()).isEqualTo(left.lastHeartbeat().toEpochMilli() * 1_000);
            assertThat(left.calls()).hasSizeLessThanOrEqualTo(1);
            left.calls().forEach(RecorderKillTest::check);
            calls[0] += left.calls().size();
            for (int i = 1; i < left.lastLines().size(); i++) {
                assertThat(beat(left, i)).isEqualTo(beat(left, i - 1) + 1);
            }
            Files.delete(file);
        });
        System.out.println("recorder: " + kills[0] + " kills, " + calls[0] + " calls left and whole");
        assertThat(calls[0]).isPositive();
    }

    private static void check(SlotSnapshot call) {
        int number = call.resumes();
        assertThat(call.callId()).isEqualTo("CA" + number);
        assertThat(call.streamId()).isEqualTo("MZ" + number);
        assertThat(call.startMessage()).isEqualTo(new String(Samples.start(call.callId()), StandardCharsets.UTF_8));
        assertThat(call.rxBase()).isEqualTo(number);
        assertThat(call.txBase()).isEqualTo(2L * number);
        long frames = call.framesIn();
        assertThat(call.framesOut()).isEqualTo(frames);
        assertThat(call.rxHandled()).isEqualTo(frames * KillVictim.RX_BYTES);
        assertThat(call.txStart()).isEqualTo(frames * KillVictim.TX_BYTES);
        assertThat(call.txBytes()).isEqualTo((int) frames);
        assertThat(call.lastChunk()).isEqualTo(frames == 0 ? -1 : frames);
        assertThat(call.rxPartlyElsewhere()).isEqualTo(frames > 0 && frames % 2 == 0);
        assertThat(call.txIsFrame()).isEqualTo(frames > 0 && frames % 2 == 0);
        // Samples are no part of the commit: at most one step ahead of it.
        assertThat(call.lastMarkNumber()).isBetween(frames, frames + 1);
    }

    private static long beat(Previous left, int line) {
        return Long.parseLong(left.lastLines().get(line).substring("beat ".length()));
    }

    private static void killAfter(long nanos, Path file) throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KillVictim.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = victim.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("ready true");
            LockSupport.parkNanos(nanos);
        } finally {
            victim.destroyForcibly();
        }
        assertThat(victim.waitFor()).isEqualTo(SIGKILL_STATUS);
    }
}
