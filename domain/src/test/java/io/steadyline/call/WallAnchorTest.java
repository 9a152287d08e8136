package io.steadyline.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WallAnchorTest {

    private static final Instant WALL = Instant.parse("2026-03-04T05:06:07Z");

    private final WallAnchor anchor = new WallAnchor(WALL, 1_000);

    @Test
    void shouldTurnMonotonicTimesIntoDates() {
        assertThat(anchor.at(1_000)).isEqualTo(WALL);
        assertThat(anchor.at(2_000_001_000)).isEqualTo(WALL.plusSeconds(2));
        assertThat(anchor.at(0)).isEqualTo(WALL.minusNanos(1_000));
    }

    @Test
    void shouldNeverTellANegativeTime() {
        assertThat(anchor.since(WALL.minusMillis(450), 1_000)).isEqualTo(Duration.ofMillis(450));
        assertThat(anchor.since(WALL.plusSeconds(1), 1_000)).isZero();
    }
}
