package io.steadyline.turn;

import static io.steadyline.testkit.SimulatedTime.ns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BargeInTest {

    private static final long START_NS = Long.MAX_VALUE - 5;

    @Test
    void shouldNeverInterruptWhenOff() {
        BargeIn bargeIn = new BargeIn(BargeInPolicy.OFF);
        bargeIn.onSpeechStarted(START_NS);
        assertThat(bargeIn.decide(START_NS + ns(10_000), true, false)).isFalse();
    }

    @Nested
    class AtTheStartOfSpeech {

        private final BargeIn bargeIn = new BargeIn(BargeInPolicy.CLEAR);

        @Test
        void shouldDoNothingBeforeTheCallerSpeaks() {
            assertThat(bargeIn.decide(START_NS, true, false)).isFalse();
        }

        @Test
        void shouldInterruptOnceAStretchOfSpeech() {
            bargeIn.onSpeechStarted(START_NS);
            assertThat(bargeIn.decide(START_NS, true, false)).isTrue();
            assertThat(bargeIn.decide(START_NS + 1, true, false)).isFalse();
            bargeIn.onSpeechEnded();
            bargeIn.onSpeechStarted(START_NS + ns(1000));
            assertThat(bargeIn.decide(START_NS + ns(1000), true, false)).isTrue();
        }

        @Test
        void shouldWaitForAgentAudioWhileTheCallerGoesOnSpeaking() {
            bargeIn.onSpeechStarted(START_NS);
            assertThat(bargeIn.decide(START_NS, false, false)).isFalse();
            assertThat(bargeIn.decide(START_NS + ns(500), true, false)).isTrue();
        }

        @Test
        void shouldNotInterruptAfterTheSpeechHasEnded() {
            bargeIn.onSpeechStarted(START_NS);
            bargeIn.onSpeechEnded();
            assertThat(bargeIn.decide(START_NS, true, false)).isFalse();
        }

        @Test
        void shouldLeaveTheGreetingAloneAndInterruptWhatFollows() {
            bargeIn.onSpeechStarted(START_NS);
            assertThat(bargeIn.decide(START_NS, true, true)).isFalse();
            assertThat(bargeIn.decide(START_NS + ns(20), true, false)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, true", "1, true"})
    void shouldInterruptAfterSoMuchSpeech(long afterLimitNs, boolean expected) {
        BargeIn bargeIn = new BargeIn(BargeInPolicy.clearAfter(Duration.ofMillis(300)));
        bargeIn.onSpeechStarted(START_NS);
        assertThat(bargeIn.decide(START_NS + ns(300) + afterLimitNs, true, false))
                .isEqualTo(expected);
    }

    @Test
    void shouldInterruptTheGreetingWhereThePolicyAllowsIt() {
        BargeIn bargeIn = new BargeIn(new BargeInPolicy(true, Duration.ZERO, true));
        bargeIn.onSpeechStarted(START_NS);
        assertThat(bargeIn.decide(START_NS, true, true)).isTrue();
    }

    @Nested
    class Policy {

        @Test
        void shouldHaveNames() {
            assertThat(BargeInPolicy.OFF.enabled()).isFalse();
            assertThat(BargeInPolicy.CLEAR).isEqualTo(BargeInPolicy.clearAfter(Duration.ZERO));
            assertThat(BargeInPolicy.CLEAR.enabled()).isTrue();
            assertThat(BargeInPolicy.CLEAR.duringGreeting()).isFalse();
        }

        @ParameterizedTest
        @ValueSource(longs = {-1, 10_001})
        void shouldRefuseATimeOutOfRange(long ms) {
            assertThatThrownBy(() -> BargeInPolicy.clearAfter(Duration.ofMillis(ms)))
                    .hasMessage("after: " + ms + " ms (expected: 0 to 10000 ms)");
        }

        @Test
        void shouldTakeTheEndsOfTheRange() {
            assertThat(BargeInPolicy.clearAfter(Duration.ofSeconds(10)).after()).hasSeconds(10);
            assertThat(BargeInPolicy.clearAfter(Duration.ZERO).after()).isZero();
        }
    }
}
