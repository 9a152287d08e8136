package io.steadyline.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GapMeterTest {

    private final GapMeter meter = new GapMeter(ms(200));

    private static long ms(double ms) {
        return Math.round(ms * 1_000_000);
    }

    private void frames(double... atMs) {
        for (double at : atMs) {
            meter.onMedia(160, ms(at));
        }
    }

    @Test
    void shouldMeasureTheDeviationFromRealTime() {
        frames(0, 20, 43, 60);
        assertThat(meter.errors().count()).isEqualTo(3);
        assertThat(meter.errors().maxMs()).isEqualTo(3, within(0.05));
        assertThat(meter.wideGaps()).isZero();
    }

    @Test
    void shouldExpectALongerSpacingAfterALongerMessage() {
        meter.onMedia(800, ms(0));
        meter.onMedia(160, ms(100));
        meter.onMedia(160, ms(120));
        assertThat(meter.errors().count()).isEqualTo(2);
        assertThat(meter.errors().maxMs()).isZero();
    }

    @Test
    void shouldCountFramesSentAheadAtTheStartAsLead() {
        frames(0, 0.1, 0.2, 20, 40);
        assertThat(meter.leadFrames()).isEqualTo(2);
        assertThat(meter.errors().count()).isEqualTo(2);
        assertThat(meter.errors().maxMs()).isLessThan(0.3);
    }

    @Test
    void shouldTakeALaterBurstAndTheStallBeforeItAsErrors() {
        frames(0, 20, 100, 100.1, 100.2, 120);
        assertThat(meter.leadFrames()).isZero();
        assertThat(meter.wideGaps()).isOne();
        assertThat(meter.errors().maxMs()).isEqualTo(60, within(1.0));
        assertThat(meter.errors().count()).isEqualTo(5);
    }

    @Test
    void shouldTakeALongPauseAsANewPlayback() {
        frames(0, 20, 220, 420.1, 440);
        assertThat(meter.playbacks()).isEqualTo(2);
        assertThat(meter.errors().count()).isEqualTo(3);
        assertThat(meter.errors().maxMs()).isEqualTo(180, within(2.0));
    }

    @Test
    void shouldTakeTheMediaAfterAClearAsANewPlayback() {
        frames(0, 20);
        meter.onClear();
        frames(90, 110);
        assertThat(meter.playbacks()).isEqualTo(2);
        assertThat(meter.errors().maxMs()).isZero();
    }
}
