package io.steadyline.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.steadyline.simulator.PlayoutClock.Arrival;
import io.steadyline.simulator.PlayoutClock.ReturnedMark;
import io.steadyline.simulator.audio.MuLaw;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlayoutClockTest {

    /** Close to the wrap-around of the clock, which must not matter. */
    private static final long T0 = Long.MAX_VALUE - ms(35);

    private final AnswerRecorder recorder = new AnswerRecorder(true, 80_000);
    private final PlayoutClock clock = new PlayoutClock(ms(200), recorder);

    private static long ms(double ms) {
        return Math.round(ms * 1_000_000);
    }

    private static byte[] audio(int ms) {
        byte[] audio = new byte[ms * 8];
        Arrays.fill(audio, (byte) 0x11);
        return audio;
    }

    @Nested
    class Marks {

        @Test
        void shouldComeBackWhenTheAudioBeforeThemHasBeenPlayed() {
            clock.onMedia(audio(40), T0);
            clock.onMark("a", T0 + ms(5));
            clock.onMedia(audio(20), T0 + ms(6));
            clock.onMark("b", T0 + ms(7));
            assertThat(clock.nextMarkNs()).isEqualTo(T0 + ms(40));
            assertThat(clock.poll(T0 + ms(40) - 1)).isEmpty();
            assertThat(clock.poll(T0 + ms(40)))
                    .containsExactly(new ReturnedMark("a", T0 + ms(5), T0 + ms(40), MarkCause.PLAYED));
            assertThat(clock.poll(T0 + ms(60)))
                    .containsExactly(new ReturnedMark("b", T0 + ms(7), T0 + ms(60), MarkCause.PLAYED));
            assertThat(clock.hasPendingMarks()).isFalse();
        }

        @Test
        void shouldComeBackAtOnceWhenNothingIsHeld() {
            clock.onMark("first of all", T0);
            assertThat(clock.poll(T0))
                    .containsExactly(new ReturnedMark("first of all", T0, T0, MarkCause.NOTHING_BUFFERED));
            clock.onMedia(audio(20), T0);
            clock.onMark("after the end", T0 + ms(20));
            assertThat(clock.poll(T0 + ms(20)))
                    .extracting(ReturnedMark::cause)
                    .containsExactly(MarkCause.NOTHING_BUFFERED);
        }

        @Test
        void shouldAllComeBackOnClear() {
            clock.onMedia(audio(1_000), T0);
            clock.onMark("a", T0);
            clock.onMark("b", T0);
            assertThat(clock.onClear(T0 + ms(400)))
                    .extracting(ReturnedMark::name, ReturnedMark::cause)
                    .containsExactly(tuple("a", MarkCause.CLEARED), tuple("b", MarkCause.CLEARED));
            assertThat(clock.clearedMs()).isEqualTo(600);
            assertThat(clock.depthMs(T0 + ms(400))).isZero();
        }
    }

    @Nested
    class Starvation {

        @Test
        void shouldBeCountedWhenAudioComesTooLateInMidPlayback() {
            assertThat(clock.onMedia(audio(20), T0)).isEqualTo(Arrival.NEW_PLAYBACK);
            assertThat(clock.onMedia(audio(20), T0 + ms(20))).isEqualTo(Arrival.CONTINUED);
            assertThat(clock.onMedia(audio(20), T0 + ms(70))).isEqualTo(Arrival.STARVED);
            assertThat(clock.starvations()).isOne();
            assertThat(clock.starvedNs()).isEqualTo(ms(30));
            assertThat(clock.playbacks()).isOne();
        }

        @ParameterizedTest
        @ValueSource(doubles = {0.1, 0.999})
        void shouldNotBeCountedWhenNobodyHearsIt(double dryMs) {
            clock.onMedia(audio(20), T0);
            assertThat(clock.onMedia(audio(20), T0 + ms(20 + dryMs))).isEqualTo(Arrival.RESUMED);
            assertThat(clock.starvations()).isZero();
        }

        @Test
        void shouldEndWithThePauseThatBeginsANewPlayback() {
            clock.onMedia(audio(20), T0);
            assertThat(clock.onMedia(audio(20), T0 + ms(220))).isEqualTo(Arrival.STARVED);
            assertThat(clock.onMedia(audio(20), T0 + ms(440) + 1)).isEqualTo(Arrival.NEW_PLAYBACK);
            assertThat(clock.playbacks()).isEqualTo(2);
        }

        @Test
        void shouldNotBeCountedAfterAClear() {
            clock.onMedia(audio(100), T0);
            clock.onClear(T0 + ms(50));
            assertThat(clock.onMedia(audio(20), T0 + ms(90))).isEqualTo(Arrival.NEW_PLAYBACK);
            assertThat(clock.starvations()).isZero();
        }
    }

    @Nested
    class Recording {

        @Test
        void shouldBeWhatTheCallerHears() {
            recorder.startAt(T0);
            clock.onMedia(audio(20), T0 + ms(10));
            clock.onMedia(audio(20), T0 + ms(10));
            clock.onMedia(audio(100), T0 + ms(60));
            clock.onClear(T0 + ms(70));
            byte[] heard = recorder.answer().muLaw();
            assertThat(heard).hasSize(70 * 8);
            assertThat(soundsMs(heard)).isEqualTo("10-50 60-70");
        }

        @Test
        void shouldStopAtItsLimit() {
            AnswerRecorder small = new AnswerRecorder(true, 100);
            small.startAt(T0);
            small.play(audio(20), T0);
            small.play(audio(20), T0 + ms(20));
            assertThat(small.answer().sizeBytes()).isEqualTo(100);
        }

        private static String soundsMs(byte[] heard) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < heard.length; i++) {
                boolean isSound = heard[i] != MuLaw.SILENCE;
                boolean wasSound = i > 0 && heard[i - 1] != MuLaw.SILENCE;
                if (isSound && !wasSound) {
                    text.append(text.isEmpty() ? "" : " ").append(i / 8).append('-');
                } else if (!isSound && wasSound) {
                    text.append(i / 8);
                }
            }
            return text.append(heard.length / 8).toString();
        }
    }

    /** Against a model that plays byte after byte. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldAgreeWithPlayingByteByByte(long seed) {
        Random random = new Random(seed);
        long heldBytes = 0;
        long nowNs = T0;
        for (int step = 0; step < 500; step++) {
            int waitBytes = random.nextInt(300);
            nowNs += waitBytes * PlayoutClock.NS_PER_BYTE;
            heldBytes = Math.max(0, heldBytes - waitBytes);
            assertThat(clock.isIdle(nowNs)).as("seed %d step %d", seed, step).isEqualTo(heldBytes == 0);
            assertThat(clock.depthMs(nowNs)).as("seed %d step %d", seed, step).isEqualTo(heldBytes / 8);
            if (random.nextInt(10) == 0) {
                clock.onClear(nowNs);
                heldBytes = 0;
            } else {
                int ms = 1 + random.nextInt(40);
                clock.onMedia(audio(ms), nowNs);
                heldBytes += ms * 8L;
            }
        }
    }
}
