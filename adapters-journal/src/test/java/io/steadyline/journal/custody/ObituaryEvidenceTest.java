package io.steadyline.journal.custody;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.keeper.Obituary;
import io.steadyline.posix.ExitStatus;
import io.steadyline.restart.BootIdentity;
import io.steadyline.restart.Evidence;
import io.steadyline.restart.Evidence.HandOver;
import io.steadyline.restart.Evidence.KernelOomKill;
import io.steadyline.restart.Evidence.StopAsked;
import io.steadyline.restart.Evidence.WaitStatus;
import io.steadyline.restart.Evidence.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObituaryEvidenceTest {

    private static final Instant ENDED = Instant.ofEpochMilli(2_000);
    private static final Instant ASKED = Instant.ofEpochMilli(1_500);

    @Test
    void shouldTellTheSignalAndThatTheKernelHadNoPartInIt() {
        assertThat(ObituaryEvidence.of(obituary(ExitStatus.killedBy(9), Obituary.Asked.NO, 0, 0)))
                .containsExactly(
                        signal(9),
                        new KernelOomKill("memory group of the keeper", 0, OptionalLong.of(150), OptionalLong.empty()));
    }

    @Test
    void shouldTellAnOutOfMemoryKillWithLimitAndUsage() {
        assertThat(ObituaryEvidence.of(obituary(ExitStatus.killedBy(9), Obituary.Asked.NO, 0, 1)))
                .containsExactly(
                        signal(9),
                        new KernelOomKill("memory group of the keeper", 1, OptionalLong.of(150), OptionalLong.empty()));
    }

    @Test
    void shouldSayNothingOfMemoryWhenTheGroupCannotBeRead() {
        assertThat(ObituaryEvidence.of(obituary(ExitStatus.killedBy(9), Obituary.Asked.NO, 0, -1)))
                .hasSize(1);
    }

    @Test
    void shouldTellAStopThatWasAskedFor() {
        assertThat(ObituaryEvidence.of(obituary(ExitStatus.killedBy(9), Obituary.Asked.STOP, 15, 0)))
                .contains(new StopAsked(ASKED, "SIGTERM", Optional.of("the keeper")));
    }

    @Test
    void shouldTellAHandOverByItsMessageOrByItsCode() {
        assertThat(ObituaryEvidence.of(obituary(ExitStatus.exited(1), Obituary.Asked.UPGRADE, 0, 0)))
                .contains(new HandOver(ASKED, "the keeper's next worker"));
        assertThat(ObituaryEvidence.of(obituary(ExitStatus.exited(75), Obituary.Asked.NO, 0, 0)))
                .contains(new HandOver(ENDED, "the keeper's next worker"));
    }

    @Test
    void shouldBeFoundInTheFileWhenTheKeeperHasEndedToo(@TempDir Path dataDir) throws IOException {
        Files.writeString(
                dataDir.resolve("keeper.obituary"), filed(11, 9) + "\n" + filed(10, 15) + "\n" + "damaged=1\n");
        Custody custody = Custody.connect(Map.of());
        assertThat(custody.obituaryOf(boot(10, ENDED.minusMillis(900)), dataDir))
                .hasValueSatisfying(found -> assertThat(found.status()).isEqualTo(ExitStatus.killedBy(15)));
        assertThat(custody.obituaryOf(boot(12, ENDED.minusMillis(900)), dataDir))
                .isEmpty();
        assertThat(custody.obituaryOf(boot(10, ENDED.plusSeconds(60)), dataDir))
                .as("a later process of the same pid")
                .isEmpty();
        assertThat(custody.obituaryOf(boot(10, ENDED.minusMillis(1_001)), dataDir))
                .as("an earlier process of the same pid")
                .isEmpty();
    }

    private static String filed(int pid, int status) {
        return "generation=1\npid=" + pid + "\nwait_status=" + status + "\nstarted_at=" + ENDED.minusMillis(1_000)
                + "\nended_at=" + ENDED + "\nasked=NO\nasked_at=" + Instant.EPOCH + "\nstop_signal=0\noom_kills=0\n"
                + "memory_limit_bytes=-1\nmemory_usage_bytes=-1\nrestarts_in_window=1\nsockets_held=0\n";
    }

    private static BootIdentity boot(long pid, Instant startedAt) {
        return new BootIdentity("b", 1, startedAt, pid, "1", "sha", "test", "", List.of());
    }

    private static Evidence signal(int number) {
        return new WaitStatus(Witness.KEEPER, OptionalInt.empty(), OptionalInt.of(number), ENDED);
    }

    private static Obituary obituary(ExitStatus status, Obituary.Asked asked, int stopSignal, long oomKills) {
        return new Obituary(
                1,
                10,
                status,
                Instant.EPOCH,
                ENDED,
                asked,
                asked == Obituary.Asked.NO ? Instant.EPOCH : ASKED,
                stopSignal,
                false,
                true,
                oomKills,
                150,
                -1,
                1,
                0);
    }
}
