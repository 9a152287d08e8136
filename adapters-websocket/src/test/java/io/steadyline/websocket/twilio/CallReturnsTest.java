package io.steadyline.websocket.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CallReturnsTest {

    private static final long WINDOW_NS = 60_000_000_000L;

    private final CallReturns returns = new CallReturns(2, 3, WINDOW_NS);

    @Test
    void shouldCountWithinTheWindow() {
        assertThat(returns.note("a", 0)).isZero();
        assertThat(returns.note("a", 1)).isEqualTo(1);
        assertThat(returns.note("a", WINDOW_NS - 1)).isEqualTo(2);
        assertThat(returns.note("a", WINDOW_NS)).as("the first is out").isEqualTo(2);
    }

    @Test
    void shouldCountEachCallForItself() {
        returns.note("a", 0);
        assertThat(returns.note("b", 0)).isZero();
        assertThat(returns.note("a", 0)).isEqualTo(1);
    }

    @Test
    void shouldStopCountingAboveTheLimitAndStillKnowIt() {
        for (int i = 0; i < 100; i++) {
            returns.note("a", i);
        }
        assertThat(returns.note("a", 100)).isEqualTo(4);
        assertThat(returns.note("a", WINDOW_NS + 98))
                .as("99 and 100 are within")
                .isEqualTo(2);
    }

    @Test
    void shouldForgetTheCallHeardOfLongestAgoWhenFull() {
        returns.note("a", 0);
        returns.note("b", 1);
        returns.note("a", 2);
        returns.note("c", 3);
        assertThat(returns.note("a", 4)).isEqualTo(2);
        assertThat(returns.note("b", 5)).isZero();
    }

    @Test
    void shouldForgetWhenTold() {
        returns.note("a", 0);
        returns.forget("a");
        assertThat(returns.note("a", 1)).isZero();
    }

    @Test
    void shouldSurviveTheClocksWrapAround() {
        returns.note("a", Long.MAX_VALUE);
        assertThat(returns.note("a", Long.MIN_VALUE)).isEqualTo(1);
    }
}
