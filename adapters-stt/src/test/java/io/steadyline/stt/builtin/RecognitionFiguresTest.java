package io.steadyline.stt.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.media.AudioFrame;
import io.steadyline.stt.audio.Noise;
import io.steadyline.stt.audio.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * Measures the built-in recogniser on recordings with known truth, prints the figures, and holds them to a floor a little
 * below what was measured. The voices are synthetic: the figures compare versions of this code, not products.
 */
class RecognitionFiguresTest {

    private static final int[] SNRS_DB = {30, 20, 15, 10, 5};
    private static final int SEEDS = 3;

    /** A noise at a level, and what was scored in it. */
    private record Cell(Noise noise, int snrDb, Score score) {

        boolean is(Noise wanted, int fromSnrDb) {
            return noise == wanted && snrDb >= fromSnrDb;
        }

        @Override
        public String toString() {
            return noise + " " + snrDb + " dB";
        }
    }

    @Test
    void shouldFindUtterances() {
        for (Cell cell : measure("utterances", Recording.of("speech"), Score::addSpeech)) {
            Score score = cell.score();
            if (cell.noise() == Noise.NONE || cell.is(Noise.WHITE, 10) || cell.is(Noise.PINK, 10)) {
                assertThat(score.recall()).as("recall in %s", cell).isGreaterThanOrEqualTo(0.97);
                assertThat(score.precision()).as("precision in %s", cell).isGreaterThanOrEqualTo(0.97);
                assertThat(score.framePrecision()).as("frames in %s", cell).isGreaterThanOrEqualTo(0.97);
                assertThat(score.frameRecall())
                        .as("frames in %s", cell)
                        .isGreaterThanOrEqualTo(cell.snrDb() >= 15 ? 0.93 : 0.87);
            }
            if (cell.is(Noise.WHITE, 5)) {
                assertThat(score.recall()).as("recall in %s", cell).isGreaterThanOrEqualTo(0.7);
            }
        }
    }

    @Test
    void shouldFindKeys() {
        for (Cell cell : measure("keys", Recording.of("dtmf"), Score::addDigits)) {
            if (cell.noise() == Noise.NONE || cell.is(Noise.WHITE, 15) || cell.is(Noise.PINK, 15)) {
                assertThat(cell.score().recall()).as("recall in %s", cell).isEqualTo(1);
                assertThat(cell.score().precision()).as("precision in %s", cell).isEqualTo(1);
            }
            if (cell.snrDb() >= 10) {
                assertThat(cell.score().recall()).as("recall in %s", cell).isGreaterThanOrEqualTo(0.96);
                assertThat(cell.score().precision()).as("precision in %s", cell).isGreaterThanOrEqualTo(0.98);
            }
        }
    }

    @Test
    void shouldFindTones() {
        for (Cell cell : measure("tones", Recording.of("tone"), Score::addTones)) {
            if (cell.snrDb() >= 15) {
                assertThat(cell.score().recall()).as("recall in %s", cell).isEqualTo(1);
                assertThat(cell.score().precision()).as("precision in %s", cell).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldHearNoKeysOrTonesInSpeech() {
        List<Recording> speech = new ArrayList<>(Recording.of("speech"));
        speech.addAll(Recording.of("talk-off"));
        int digits = 0;
        int tones = 0;
        double seconds = 0;
        for (Noise noise : Noise.values()) {
            for (int snrDb : SNRS_DB) {
                Random random = new Random(snrDb);
                for (Recording recording : speech) {
                    Hearing hearing =
                            Hearing.of(recording.with(noise, snrDb, random).frames());
                    digits += hearing.digits().size();
                    tones += hearing.tones().size();
                    seconds += recording.samples().length / 8000.0;
                }
            }
        }
        System.out.printf(Locale.ROOT, "in %.0f s of speech: %d keys, %d tones heard%n", seconds, digits, tones);
        assertThat(digits).isZero();
        assertThat(tones).isZero();
    }

    @Test
    void shouldNotTakeKeysOrTonesForSpeech() {
        List<Recording> signals = new ArrayList<>(Recording.of("dtmf"));
        signals.addAll(Recording.of("tone"));
        List<String> mistaken = new ArrayList<>();
        for (int snrDb : new int[] {30, 25, 20}) {
            Random random = new Random(snrDb);
            for (Recording recording : signals) {
                for (Noise noise : List.of(Noise.NONE, Noise.WHITE)) {
                    Hearing.of(recording.with(noise, snrDb, random).frames()).speech().stream()
                            .map(each -> recording.file() + " at " + each[0] + " ms in " + noise + " " + snrDb + " dB")
                            .forEach(mistaken::add);
                }
            }
        }
        assertThat(mistaken).isEmpty();
    }

    /** No assertion: the machine is not ours alone. The loop is warm before the count begins. */
    @Test
    void shouldTellWhatAFrameCosts() {
        List<AudioFrame> frames = new ArrayList<>();
        for (Recording recording : Recording.of("speech")) {
            recording
                    .with(Noise.PINK, 20, new Random(1))
                    .frames()
                    .forEach(frame -> frames.add(new AudioFrame(frame.payload(), frames.size())));
        }
        long bestNs = Long.MAX_VALUE;
        for (int round = 0; round < 30; round++) {
            long startNs = System.nanoTime();
            Hearing.of(frames);
            bestNs = Math.min(bestNs, (System.nanoTime() - startNs) / frames.size());
        }
        System.out.printf(
                Locale.ROOT,
                "whole analysis of a frame of 20 ms: %d ns; 1,000 calls: %.1f %% of a core%n",
                bestNs,
                bestNs * 50 * 1_000 / 1e7);
        assertThat(frames).isNotEmpty();
    }

    private static List<Cell> measure(String title, List<Recording> recordings, BiConsumer<Score, Recording> scored) {
        List<Cell> cells = new ArrayList<>();
        Score clean = new Score();
        recordings.forEach(recording -> scored.accept(clean, recording));
        cells.add(new Cell(Noise.NONE, SNRS_DB[0], clean));
        for (Noise noise : List.of(Noise.WHITE, Noise.PINK, Noise.BABBLE)) {
            for (int snrDb : SNRS_DB) {
                Score score = new Score();
                for (int seed = 1; seed <= SEEDS; seed++) {
                    Random random = new Random(seed);
                    recordings.forEach(recording -> scored.accept(score, recording.with(noise, snrDb, random)));
                }
                cells.add(new Cell(noise, snrDb, score));
            }
        }
        StringBuilder table = new StringBuilder(Score.header(title));
        cells.forEach(cell -> table.append('\n').append(cell.score().line(cell.toString())));
        System.out.println(table);
        return cells;
    }
}
