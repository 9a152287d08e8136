package io.steadyline.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.steadyline.simulator.Silences.Silence;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageTest {

    /** Near the clock's wrap-around. */
    private static final long ORIGIN_NS = Long.MAX_VALUE - 500_000_000;

    private static Silence silence(long beganMs, double lengthMs) {
        return new Silence(beganMs, ORIGIN_NS + beganMs * 1_000_000, lengthMs);
    }

    @Test
    void shouldPutSilencesThatOverlapTogether() {
        List<Outage> outages = Outage.of(List.of(
                List.of(silence(100, 400), silence(3_000, 300)),
                List.of(silence(110, 600), silence(2_990, 200)),
                List.of(silence(700, 70)),
                List.of()));
        assertThat(outages).hasSize(2);
        Outage first = outages.get(0);
        assertThat(first.calls()).isEqualTo(3);
        assertThat(first.beganNs()).isEqualTo(silence(100, 0).beganNs());
        assertThat(first.lastedMs()).isEqualTo(670, within(0.1));
        assertThat(first.silence().count()).isEqualTo(3);
        assertThat(first.silence().maxMs()).isEqualTo(600, within(6.0));
        Outage second = outages.get(1);
        assertThat(second.calls()).isEqualTo(2);
        assertThat(second.silence().p50Ms()).isEqualTo(200, within(2.0));
        assertThat(second.lastedMs()).isEqualTo(310, within(0.1));
    }

    @Test
    void shouldFindNoneWhereNobodyWasSilent() {
        assertThat(Outage.of(List.of(List.of(), List.of()))).isEmpty();
    }
}
