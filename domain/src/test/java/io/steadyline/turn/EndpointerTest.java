package io.steadyline.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.steadyline.media.Ptime;
import io.steadyline.signal.SpeechEvent.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointerTest {

    private static final int FRAME_MS = 20;

    private final Endpointer endpointer = new Endpointer(EndpointRules.DEFAULT, Ptime.MS_20);
    private final List<String> heard = new ArrayList<>();
    private long nowMs;

    /** Plays frames: v voiced, . unvoiced, - missing; a number before one repeats it. */
    private List<String> play(String frames) {
        int times = 0;
        for (int at = 0; at < frames.length(); at++) {
            char c = frames.charAt(at);
            if (Character.isDigit(c)) {
                times = times * 10 + c - '0';
                continue;
            }
            for (int i = 0; i < Math.max(1, times); i++) {
                playOne(c);
            }
            times = 0;
        }
        return heard;
    }

    private void playOne(char c) {
        FrameVoice voice = switch (c) {
            case 'v' -> FrameVoice.VOICED;
            case '.' -> FrameVoice.UNVOICED;
            case '-' -> FrameVoice.MISSING;
            default -> throw new IllegalArgumentException("frame: " + c + " (expected: v . or -)");
        };
        Endpoint endpoint = endpointer.onFrame(nowMs, voice);
        nowMs += FRAME_MS;
        note(endpoint);
    }

    private void note(Endpoint endpoint) {
        switch (endpoint) {
            case Endpoint.Nothing() -> {}
            case Endpoint.SpeechStarted(long offsetMs) -> heard.add(nowMs + " start@" + offsetMs);
            case Endpoint.SpeechEnded(long offsetMs) -> heard.add(nowMs + " end@" + offsetMs);
            case Endpoint.UtteranceEnded(long startMs, long endMs, Cause cause, boolean endsSpeech) ->
                heard.add(nowMs + " " + cause + "@" + startMs + "-" + endMs + (endsSpeech ? " speaking" : ""));
        }
    }

    @Nested
    class Start {

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "vv.., ''",
            "vvv, '60 start@0'",
            "v.v.v, '100 start@0'",
            "v.v..v, ''",
            "v.v..vv, '140 start@40'",
            "..vvv, '100 start@40'",
            "v..vv, '100 start@0'",
            "v...vv, ''",
        })
        void shouldNeedThreeOfFiveFrames(String frames, String expected) {
            assertThat(String.join(", ", play(frames))).isEqualTo(expected);
        }

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "v-v-v, '100 start@0'",
            "v--v--v, '140 start@0'",
            "vv4-v, '140 start@0'",
            "vv5-v, ''",
        })
        void shouldNotCountMissingFramesAgainstIt(String frames, String expected) {
            assertThat(String.join(", ", play(frames))).isEqualTo(expected);
        }

        @Test
        void shouldForgetVoiceBeforeALostStretchOfAWholeWindow() {
            play("vv");
            nowMs += 100;
            assertThat(play("v")).isEmpty();
            assertThat(play("vv")).containsExactly("200 start@140");
        }

        @Test
        void shouldCountFramesOfItsOwnDuration() {
            Endpointer of30Ms = new Endpointer(EndpointRules.DEFAULT, Ptime.MS_30);
            assertThat(of30Ms.onFrame(0, FrameVoice.VOICED)).isEqualTo(Endpoint.NOTHING);
            assertThat(of30Ms.onFrame(30, FrameVoice.VOICED)).isEqualTo(new Endpoint.SpeechStarted(0));
        }
    }

    @Nested
    class EndOfSpeech {

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "10v9., '60 start@0'",
            "10v10., '60 start@0|400 end@200'",
            "10v9.v9., '60 start@0'",
            "10v10-, '60 start@0|400 end@200'",
            "10v10.3v, '60 start@0|400 end@200|460 start@400'",
        })
        void shouldComeAfterTheHangOver(String frames, String expected) {
            assertThat(String.join("|", play(frames))).isEqualTo(expected);
        }

        @Test
        void shouldComeAtOnceAfterALostStretchThatLong() {
            play("10v");
            nowMs += 200;
            assertThat(play("v")).containsExactly("60 start@0", "420 end@200");
        }

        @Test
        void shouldBeTrueToIsSpeaking() {
            play("vv");
            assertThat(endpointer.isSpeaking()).isFalse();
            play("v9.");
            assertThat(endpointer.isSpeaking()).isTrue();
            play(".");
            assertThat(endpointer.isSpeaking()).isFalse();
        }
    }

    @Nested
    class EndOfUtterance {

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "10v34., '60 start@0|400 end@200'",
            "10v35., '60 start@0|400 end@200|900 ENDPOINT@0-200'",
            "10v20.3v35., '60 start@0|400 end@200|660 start@600|860 end@660|1360 ENDPOINT@0-660'",
            "10v20.v14., '60 start@0|400 end@200|900 ENDPOINT@0-200'",
            "10v32.vvv, '60 start@0|400 end@200|900 start@840'",
            "10v33.vvv, '60 start@0|400 end@200|900 ENDPOINT@0-200|920 start@860'",
        })
        void shouldComeAfterTheUtteranceSilence(String frames, String expected) {
            assertThat(String.join("|", play(frames))).isEqualTo(expected);
        }

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "4v35., '60 start@0|280 end@80'",
            "5v35., '60 start@0|300 end@100|800 ENDPOINT@0-100'",
            "3v20.3v35., '60 start@0|260 end@60|520 start@460|720 end@520|1220 ENDPOINT@0-520'",
        })
        void shouldNotComeForLessThanMinimumSpeech(String frames, String expected) {
            assertThat(String.join("|", play(frames))).isEqualTo(expected);
        }

        @Test
        void shouldEndTheSpeechTooAfterALongLostStretch() {
            play("10v");
            nowMs += 700;
            assertThat(play("vvv")).containsExactly("60 start@0", "920 ENDPOINT@0-200 speaking", "960 start@900");
        }

        @Test
        void shouldEndTheSpeechTooWhenBothSilencesAreEqual() {
            Endpointer equal = new Endpointer(new EndpointRules(20, 20, 200, 200, 0, 20_000), Ptime.MS_20);
            equal.onFrame(0, FrameVoice.VOICED);
            assertThat(equal.onFrame(200, FrameVoice.UNVOICED))
                    .isEqualTo(new Endpoint.UtteranceEnded(0, 20, Cause.ENDPOINT, true));
        }
    }

    @Nested
    class MaximumLength {

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource({
            "999v, '60 start@0'",
            "1000v, '60 start@0|20000 MAX_LENGTH@0-20000 speaking'",
            "1002v, '60 start@0|20000 MAX_LENGTH@0-20000 speaking'",
            "1003v, '60 start@0|20000 MAX_LENGTH@0-20000 speaking|20060 start@20000'",
            "999v., '60 start@0|20000 MAX_LENGTH@0-19980 speaking'",
        })
        void shouldCutTheUtteranceAndGoOn(String frames, String expected) {
            assertThat(String.join("|", play(frames))).isEqualTo(expected);
        }
    }

    @Nested
    class Finish {

        @Test
        void shouldEndAnUtteranceInSpeech() {
            play("10v5.");
            note(endpointer.finish(Cause.FLUSH));
            assertThat(heard).containsExactly("60 start@0", "300 FLUSH@0-200 speaking");
            assertThat(endpointer.finish(Cause.END)).isEqualTo(Endpoint.NOTHING);
        }

        @Test
        void shouldEndAnUtteranceInItsPause() {
            play("10v10.");
            note(endpointer.finish(Cause.END));
            assertThat(heard).containsExactly("60 start@0", "400 end@200", "400 END@0-200");
        }

        @Test
        void shouldEndOnlyTheSpeechWhenItWasTooShort() {
            play("3v");
            assertThat(endpointer.finish(Cause.FLUSH)).isEqualTo(new Endpoint.SpeechEnded(60));
        }

        @Test
        void shouldForgetVoiceThatDidNotMakeAStart() {
            play("vv");
            assertThat(endpointer.finish(Cause.FLUSH)).isEqualTo(Endpoint.NOTHING);
            assertThat(play("vv")).isEmpty();
        }
    }

    @Nested
    class Input {

        @Test
        void shouldRefuseAFrameFromThePast() {
            play("v");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> endpointer.onFrame(0, FrameVoice.VOICED))
                    .withMessage("startMs: 0 (expected: 20 or more)");
        }

        @Test
        void shouldTakeItsTimeFromTheFirstFrame() {
            nowMs = 5_000;
            assertThat(play("vvv")).containsExactly("5060 start@5000");
        }

        @ParameterizedTest
        @CsvSource({
            "60, 40, 200, 700, 100, 20000, 'startVoicedMs: 60 (expected: 10 to 40)'",
            "0, 100, 200, 700, 100, 20000, 'startVoicedMs: 0 (expected: 10 to 100)'",
            "60, 1001, 200, 700, 100, 20000, 'startWindowMs: 1001 (expected: 10 to 1000)'",
            "60, 100, 0, 700, 100, 20000, 'hangOverMs: 0 (expected: 10 to 600000)'",
            "60, 100, 200, 199, 100, 20000, 'utteranceSilenceMs: 199 (expected: 200 to 600000)'",
            "60, 100, 200, 700, -1, 20000, 'minSpeechMs: -1 (expected: 0 to 600000)'",
            "60, 100, 200, 700, 100, 99, 'maxUtteranceMs: 99 (expected: 100 to 600000)'",
        })
        void shouldRefuseRulesThatContradictEachOther(
                int voiced, int window, int hangOver, int silence, int min, int max, String message) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new EndpointRules(voiced, window, hangOver, silence, min, max))
                    .withMessage(message);
        }
    }

    /** Whatever comes in: starts and ends of speech alternate, in order, and an utterance encloses whole stretches. */
    @Test
    void shouldAlwaysPairStartsWithEnds() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            Endpointer any = new Endpointer(new EndpointRules(60, 100, 200, 700, 100, 3_000), Ptime.MS_20);
            boolean speaking = false;
            long lastMs = 0;
            long atMs = 0;
            for (int i = 0; i < 1_000; i++) {
                atMs += random.nextInt(50) == 0 ? random.nextInt(40) * 20L : 0;
                boolean voicedStretch = (i / 40) % 2 == 0;
                FrameVoice voice = random.nextInt(10) == 0
                        ? FrameVoice.MISSING
                        : random.nextInt(10) < (voicedStretch ? 8 : 1) ? FrameVoice.VOICED : FrameVoice.UNVOICED;
                Endpoint endpoint = random.nextInt(300) == 0 ? any.finish(Cause.FLUSH) : any.onFrame(atMs, voice);
                atMs += 20;
                switch (endpoint) {
                    case Endpoint.Nothing() -> {}
                    case Endpoint.SpeechStarted(long offsetMs) -> {
                        assertThat(speaking).as("seed %d frame %d", seed, i).isFalse();
                        assertThat(offsetMs).as("seed %d", seed).isBetween(lastMs, atMs);
                        speaking = true;
                        lastMs = offsetMs;
                    }
                    case Endpoint.SpeechEnded(long offsetMs) -> {
                        assertThat(speaking).as("seed %d frame %d", seed, i).isTrue();
                        assertThat(offsetMs).as("seed %d", seed).isBetween(lastMs, atMs);
                        speaking = false;
                        lastMs = offsetMs;
                    }
                    case Endpoint.UtteranceEnded(long startMs, long endMs, Cause cause, boolean endsSpeech) -> {
                        assertThat(endsSpeech).as("seed %d frame %d", seed, i).isEqualTo(speaking);
                        assertThat(endMs).as("seed %d", seed).isBetween(lastMs, atMs);
                        assertThat(endMs - startMs).as("seed %d", seed).isBetween(60L, 4_500L);
                        speaking = false;
                        lastMs = endMs;
                    }
                }
                assertThat(any.isSpeaking()).as("seed %d frame %d", seed, i).isEqualTo(speaking);
            }
        }
    }
}
