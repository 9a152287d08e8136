package io.steadyline.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.restart.CallPast.Final;
import io.steadyline.restart.CutCall.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a dead boot left of its calls. */
class LeftCallsTest {

    @Test
    void shouldNameTheSocketAfterThePageAndTheCall() {
        assertThat(page(0, false).socketName()).isEqualTo("call-3-CA1");
        assertThat(SlotSnapshot.socketName(0, "CA2")).isEqualTo("call-0-CA2");
    }

    @ParameterizedTest
    @CsvSource({"0, true, 10", "0, false, 10", "100, false, 10", "100, true, 11", "-100, true, 11"})
    void shouldCountTheFrameInHandWithThoseThatLeft(int txBytes, boolean txIsFrame, long frames) {
        assertThat(page(txBytes, txIsFrame).framesOutWithTheOneInHand()).isEqualTo(frames);
    }

    @Test
    void shouldKnowWhatWasSaidLast() {
        assertThat(past(List.of()).lastFinal()).isEmpty();
        assertThat(past(List.of(new Final(0, 1, "a"), new Final(1, 2, "b"))).lastFinal())
                .isEqualTo("b");
    }

    @Test
    void shouldTakeTheLossFromTheRecorder() {
        CallPast lost = past(List.of()).withLoss(4, 120, "SIGKILL");
        assertThat(lost.lostInFrames()).isEqualTo(4);
        assertThat(lost.lostOutMs()).isEqualTo(120);
        assertThat(lost.endedBecause()).isEqualTo("SIGKILL");
        assertThat(lost.withLoss(0, 0, "lost")).isEqualTo(past(List.of()));
    }

    @Test
    void shouldLearnTheFateOfACutCall() {
        CutCall cut = new CutCall(
                "CA1",
                "MZ1",
                "twilio",
                Instant.EPOCH,
                Duration.ofSeconds(5),
                Instant.EPOCH,
                1,
                2,
                3,
                4,
                5,
                true,
                Fate.CUT);
        assertThat(cut.withFate(Fate.ADOPTED).fate()).isEqualTo(Fate.ADOPTED);
        assertThat(cut.withFate(Fate.ADOPTED).withFate(Fate.CUT)).isEqualTo(cut);
    }

    private static CallPast past(List<Final> finals) {
        return new CallPast(
                "CA1", "MZ1", Instant.EPOCH, "boot-7", "", Instant.EPOCH, finals, List.of(), 0, 0, 0, 0, false, "lost");
    }

    private static SlotSnapshot page(int txBytes, boolean txIsFrame) {
        return new SlotSnapshot(
                3,
                "CA1",
                "MZ1",
                "twilio",
                false,
                "{}",
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                0,
                0,
                false,
                0,
                0,
                txBytes,
                txIsFrame,
                0,
                10,
                0,
                0,
                0,
                0,
                0,
                0,
                -1,
                0);
    }
}
