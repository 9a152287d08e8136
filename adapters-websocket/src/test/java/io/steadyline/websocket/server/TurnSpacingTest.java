package io.steadyline.websocket.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnSpacingTest {

    private static final long START_NS = Long.MAX_VALUE - 300_000;

    private final TurnSpacing spacing = new TurnSpacing(START_NS);

    @Test
    void shouldAskForAPauseFromTheFourthMessageOfARoundOn() {
        spacing.begin(START_NS);
        for (int message = 1; message <= 5; message++) {
            spacing.onMessage();
            assertThat(spacing.isMany()).isEqualTo(message >= 4);
        }
        spacing.begin(START_NS + 1);
        assertThat(spacing.isMany()).isFalse();
    }

    /** The clock passes its largest value on the way. */
    @ParameterizedTest(name = "deadlines fall {0} µs after the round began, which has taken {1} µs: a pause of {2} µs")
    @CsvSource({
        "0, 0, 1000",
        "0, 1, 999",
        "0, 600, 400",
        "0, 980, 20",
        "0, 981, 0",
        "0, 1000, 0",
        "0, 1001, 0",
        "0, 80000, 0",
        "300, 280, 20",
        "300, 980, 320",
        "300, 981, 0",
        "300, 100, 200",
        "300, 279, 21",
        "300, 281, 0",
        "300, 300, 1000",
        "300, 900, 400",
        "-20000300, 900, 800"
    })
    void shouldPauseUntilDeadlinesFallDue(long deadlineUs, long takenUs, long pauseUs) {
        spacing.begin(START_NS);
        assertThat(spacing.pauseNs(START_NS + takenUs * 1_000, START_NS + deadlineUs * 1_000))
                .isEqualTo(pauseUs * 1_000);
    }

    @Test
    void shouldSpaceRoundsAllTheSameWhenThereIsNoDeadline() {
        spacing.begin(START_NS);
        long secondNs = START_NS + spacing.pauseNs(START_NS, Long.MAX_VALUE);
        assertThat(secondNs - START_NS).isBetween(1L, TurnSpacing.SPACING_NS);
        spacing.begin(secondNs);
        assertThat(spacing.pauseNs(secondNs, Long.MAX_VALUE)).isEqualTo(TurnSpacing.SPACING_NS);
    }

    /** Simulated: messages at even distances, each of which takes 10 µs; as the loop does it. */
    @ParameterizedTest(name = "{0} calls: {1} to {2} rounds a second")
    @CsvSource({"1, 50, 51", "50, 2500, 2501", "70, 3500, 3501", "200, 950, 1005", "1000, 990, 1005", "2000, 990, 1005"
    })
    void shouldServeManyCallsInOneRound(int calls, int least, int most) {
        long gapNs = 20_000_000L / calls;
        long nowNs = 0;
        long nextNs = 0;
        int rounds = 0;
        long worstNs = 0;
        spacing.begin(nowNs);
        while (nowNs < 1_000_000_000) {
            nowNs = Math.max(nowNs, nextNs);
            rounds++;
            long takenUpToNs = nowNs;
            while (nextNs <= takenUpToNs) {
                worstNs = Math.max(worstNs, nowNs - nextNs);
                nowNs += 10_000;
                nextNs += gapNs;
                spacing.onMessage();
            }
            if (spacing.isMany()) {
                nowNs += spacing.pauseNs(nowNs, 300_000);
                spacing.begin(nowNs);
            }
        }
        assertThat(rounds).isBetween(least, most);
        assertThat(worstNs).as("held up, ns").isLessThan(2 * TurnSpacing.SPACING_NS);
    }
}
