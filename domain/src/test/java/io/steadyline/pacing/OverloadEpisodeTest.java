package io.steadyline.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OverloadEpisodeTest {

    private static final long SECOND_NS = 1_000_000_000;

    private final OverloadEpisode episode = new OverloadEpisode();

    @Test
    void shouldBeginWithTheFirstRefusalOnly() {
        assertThat(episode.onRefused(0)).isTrue();
        assertThat(episode.onRefused(1)).isFalse();
        assertThat(episode.isRunning()).isTrue();
        assertThat(episode.refused()).isEqualTo(2);
    }

    @Test
    void shouldEndOnceAfterFiveQuietSeconds() {
        episode.onRefused(0);
        episode.onRefused(2 * SECOND_NS);
        assertThat(episode.isOver(false, 7 * SECOND_NS - 1)).isFalse();
        assertThat(episode.isOver(false, 7 * SECOND_NS)).isTrue();
        assertThat(episode.lengthNs()).isEqualTo(2 * SECOND_NS);
        assertThat(episode.refused()).isEqualTo(2);
        assertThat(episode.isOver(false, 8 * SECOND_NS)).isFalse();
    }

    @Test
    void shouldNotEndWhileTheGateIsClosed() {
        episode.onRefused(0);
        assertThat(episode.isOver(true, 60 * SECOND_NS)).isFalse();
        assertThat(episode.isOver(false, 61 * SECOND_NS)).isTrue();
    }

    @Test
    void shouldBeginAnewAfterItsEnd() {
        episode.onRefused(0);
        episode.isOver(false, 10 * SECOND_NS);
        assertThat(episode.isRunning()).isFalse();
        assertThat(episode.onRefused(11 * SECOND_NS)).isTrue();
        assertThat(episode.refused()).isEqualTo(1);
    }

    @Test
    void shouldHaveNoEndWithoutABeginning() {
        assertThat(episode.isOver(false, 100 * SECOND_NS)).isFalse();
    }
}
