package io.steadyline.stt.signal;

import static io.steadyline.stt.audio.Sound.join;
import static io.steadyline.stt.audio.Sound.key;
import static io.steadyline.stt.audio.Sound.silence;
import static io.steadyline.stt.audio.Sound.sine;
import static io.steadyline.stt.audio.Sound.sum;
import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.Encoding;
import io.steadyline.media.Ptime;
import io.steadyline.signal.SpeechEvent.Tone;
import io.steadyline.stt.audio.Sound;
import io.steadyline.stt.signal.ToneDetector.Heard;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToneDetectorTest {

    private static final int RATE = 8000;

    private static List<Heard> hear(float[] samples, AudioFormat format) {
        ToneDetector detector = new ToneDetector(format);
        FrameDecoder decoder = new FrameDecoder(format);
        List<Heard> tones = new ArrayList<>();
        Sound.frames(samples, format).forEach(frame -> {
            Heard tone = detector.onFrame(decoder.decode(frame), false);
            if (tone != null) {
                tones.add(tone);
            }
        });
        Heard last = detector.restart();
        if (last != null) {
            tones.add(last);
        }
        return tones;
    }

    private static List<Heard> alone(float[] tone) {
        return hear(join(silence(100, RATE), tone, silence(200, RATE)), AudioFormat.MULAW_8K);
    }

    @ParameterizedTest(name = "{0} Hz for {1} ms: {2}")
    @CsvSource({
        "1100, 500, FAX_CNG",
        "1062, 500, FAX_CNG",
        "1138, 500, FAX_CNG",
        "1050, 500, BEEP",
        "1150, 500, BEEP",
        "1100, 300, BEEP",
        "2100, 900, FAX_CED",
        "2115, 900, FAX_CED",
        "2140, 900, BEEP",
        "440, 300, BEEP",
        "1000, 300, BEEP",
        "2900, 300, BEEP",
    })
    void shouldNameATone(int hz, int ms, Tone expected) {
        List<Heard> tones = alone(sine(hz, -12, ms, RATE));
        assertThat(tones).hasSize(1);
        Heard tone = tones.getFirst();
        assertThat(tone.tone()).isEqualTo(expected);
        assertThat(tone.frequencyHz()).isBetween(hz - 5, hz + 5);
        assertThat(tone.offsetMs()).isBetween(80L, 120L);
        assertThat(tone.durationMs()).isBetween(ms - 20L, ms + 20L);
    }

    @ParameterizedTest
    @CsvSource({"ALAW, 8000", "L16, 8000", "L16, 16000", "L16, 24000"})
    void shouldHearItInEveryFormat(Encoding encoding, int rateHz) {
        float[] call = join(silence(100, rateHz), sine(2100, -12, 600, rateHz), silence(200, rateHz));
        List<Heard> tones = hear(call, new AudioFormat(encoding, rateHz, Ptime.MS_20));
        assertThat(tones).extracting(Heard::tone).containsExactly(Tone.FAX_CED);
    }

    @ParameterizedTest
    @CsvSource({"180, 0", "200, 1", "220, 1"})
    void shouldNeed200Ms(int ms, int expected) {
        assertThat(alone(sine(1400, -12, ms, RATE))).hasSize(expected);
    }

    @Test
    void shouldTellALongToneOnceAfterASecond() {
        List<Heard> tones = alone(sine(2100, -12, 3_000, RATE));
        assertThat(tones).hasSize(1);
        assertThat(tones.getFirst().durationMs()).isEqualTo(1_000);
    }

    @Test
    void shouldTellTwoTonesThatFollowEachOther() {
        List<Heard> tones = alone(join(sine(950, -12, 330, RATE), sine(1400, -12, 330, RATE)));
        assertThat(tones).extracting(Heard::frequencyHz).hasSize(2);
    }

    @Test
    void shouldBearAPhaseReversalAsModemsMakeThem() {
        float[] reversed = sine(2100, -12, 450, RATE);
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = -reversed[i];
        }
        List<Heard> tones = alone(join(sine(2100, -12, 450, RATE), reversed));
        assertThat(tones).extracting(Heard::tone).containsExactly(Tone.FAX_CED);
    }

    @Test
    void shouldNotHearTwoTonesAtOnceAsOne() {
        assertThat(alone(key('5', -12, -12, 0, 500, RATE))).isEmpty();
        assertThat(alone(sum(sine(440, -12, 500, RATE), sine(480, -12, 500, RATE))))
                .isEmpty();
    }

    @Test
    void shouldNotHearATuneAsATone() {
        float[] tune = silence(0, RATE);
        for (int hz = 500; hz < 2_500; hz += 60) {
            tune = join(tune, sine(hz, -12, 100, RATE));
        }
        assertThat(alone(tune)).isEmpty();
    }
}
