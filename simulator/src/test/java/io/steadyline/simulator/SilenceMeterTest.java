package io.steadyline.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.steadyline.simulator.Silences.Silence;
import org.junit.jupiter.api.Test;

class SilenceMeterTest {

    private final SilenceMeter meter = new SilenceMeter(ms(60));

    private static long ms(long ms) {
        return ms * 1_000_000;
    }

    private void mediaAt(long... timesMs) {
        for (long time : timesMs) {
            meter.onMedia(ms(time));
        }
    }

    @Test
    void shouldListWhatIsLongerThanTheBoundOnly() {
        meter.startAt(ms(1_000));
        mediaAt(1_100, 1_120, 1_180, 1_241, 1_300, 1_800);
        meter.endAt(ms(1_860));
        Silences silences = meter.report();
        assertThat(silences.longest())
                .extracting(Silence::atMs, Silence::beganNs, Silence::lengthMs)
                .containsExactly(tuple(180L, ms(1_180), 61.0), tuple(300L, ms(1_300), 500.0));
        assertThat(silences.beyondBound()).isEqualTo(2);
        assertThat(silences.longestMs()).isEqualTo(500);
        assertThat(silences.longestAtMs()).isEqualTo(300);
    }

    @Test
    void shouldCountTheSilenceThatLastsUntilTheEnd() {
        meter.startAt(0);
        mediaAt(20, 40);
        meter.endAt(ms(5_040));
        assertThat(meter.report().longestMs()).isEqualTo(5_000);
    }

    @Test
    void shouldNotCountTheWaitForTheFirstMedia() {
        meter.startAt(0);
        meter.endAt(ms(9_000));
        assertThat(meter.report().longestMs()).isZero();
        assertThat(meter.report().longest()).isEmpty();
    }

    @Test
    void shouldKeepTheLongestOnesInTheirOrderWhenThereAreMany() {
        meter.startAt(0);
        long now = 0;
        mediaAt(now);
        for (int i = 0; i < 150; i++) {
            now += i == 10 ? 900 : 100 + i;
            mediaAt(now);
        }
        Silences silences = meter.report();
        assertThat(silences.beyondBound()).isEqualTo(150);
        assertThat(silences.longest()).hasSize(Silences.MAX_LISTED);
        assertThat(silences.longest().getFirst().lengthMs()).isEqualTo(900);
        assertThat(silences.longest()).isSortedAccordingTo((a, b) -> Long.compare(a.atMs(), b.atMs()));
    }
}
