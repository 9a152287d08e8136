package io.steadyline.stt.vosk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A real model for Vosk, so small that it can be written by hand: nothing of it is learned. It knows three words, "low" and "high" for
 * tones below and above some 1.1 kHz, and "hiss" for noise, such as numbered audio; a hiss is 150 to 480 ms long, so that a long one
 * is several words. Kaldi's own form, in the layout of Vosk's published models.
 *
 * <p>The acoustic model is one matrix. It looks at two of the features that the library computes: the energy of a frame (more than
 * {@link #VOICED}: not silence) and the first cepstral coefficient, the balance of low and high: after µ-law, a tone of 500 Hz has
 * +23 to +36 there, of 2500 Hz -52 to -59, numbered audio -10 to -14, white noise -25.
 */
final class ToneModel {

    static final String LOW = "low";
    static final String HIGH = "high";
    static final String HISS = "hiss";

    private static final int RATE_HZ = 8_000;
    private static final int FEATURES = 13;
    private static final int PHONES = 4;
    private static final int SILENCE = 1;
    private static final int FIRST_WORD = 2;

    /** Logarithm of a frame's energy; numbered audio has 22.6 and 18 where it speaks, 13.8 where it is silent. */
    private static final double VOICED = 16;

    private static final double ENERGY_WEIGHT = 1.5;
    private static final double BALANCE_WEIGHT = 0.1;
    private static final double LOW_FROM = 10;
    private static final double HIGH_FROM = 40;

    /** Of the library's frames, 30 ms each. */
    private static final int TONE_MIN_FRAMES = 4;

    private static final int HISS_MIN_FRAMES = 5;
    private static final int HISS_MAX_FRAMES = 16;

    /** So that a word is not cut into as many as possible. */
    private static final float WORD_COST = 4;

    private final WordGraph graph = new WordGraph();
    private final List<String> states = new ArrayList<>();
    private int transitions;

    private ToneModel() {}

    static void writeTo(Path directory) throws IOException {
        writeTo(directory, RATE_HZ);
    }

    /** @param rateHz of the audio that it wants; what it hears in it is below 4 kHz */
    static void writeTo(Path directory, int rateHz) throws IOException {
        ToneModel model = new ToneModel();
        model.addSilence();
        model.addTone(FIRST_WORD);
        model.addTone(FIRST_WORD + 1);
        model.addHiss(FIRST_WORD + 2);
        write(directory, "am/final.mdl", model.transitionModel() + network());
        Path hclg = directory.resolve("graph/HCLG.fst");
        Files.createDirectories(hclg.getParent());
        Files.write(hclg, model.graph.bytes());
        write(directory, "graph/words.txt", "<eps> 0\n%s 1\n%s 2\n%s 3\n".formatted(LOW, HIGH, HISS));
        write(directory, "graph/phones/word_boundary.int", "1 nonword\n2 singleton\n3 singleton\n4 singleton\n");
        write(directory, "conf/mfcc.conf", """
            --sample-frequency=%d
            --use-energy=true
            --num-mel-bins=23
            --num-ceps=13
            --low-freq=100
            --high-freq=3700
            --dither=0
            """.formatted(rateHz));
        // As in the published small models.
        write(directory, "conf/model.conf", """
            --min-active=200
            --max-active=3000
            --beam=10.0
            --lattice-beam=2.0
            --acoustic-scale=1.0
            --frame-subsampling-factor=3
            --endpoint.silence-phones=1
            --endpoint.rule2.min-trailing-silence=0.5
            --endpoint.rule3.min-trailing-silence=0.75
            --endpoint.rule4.min-trailing-silence=1.0
            """);
    }

    private static void write(Path directory, String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** One state, as long as it likes. The graph has a state's way on before its stay, as the library expects. */
    private void addSilence() {
        states.add(SILENCE + " 0 0");
        int stay = ++transitions;
        int on = ++transitions;
        int silent = graph.state();
        graph.arc(WordGraph.START, silent, on, WordGraph.NOTHING, 0);
        graph.arc(silent, silent, stay, WordGraph.NOTHING, 0);
        graph.arc(silent, WordGraph.START, WordGraph.NOTHING, WordGraph.NOTHING, 0);
    }

    /** Some states in a row, the last one as long as it likes. */
    private void addTone(int phone) {
        int at = WordGraph.START;
        for (int i = 0; i < TONE_MIN_FRAMES; i++) {
            boolean last = i == TONE_MIN_FRAMES - 1;
            states.add(phone + " " + i + " " + (phone - 1));
            int stay = last ? ++transitions : WordGraph.NOTHING;
            int next = graph.state();
            addWay(at, next, phone, i);
            if (last) {
                graph.arc(next, next, stay, WordGraph.NOTHING, 0);
                graph.arc(next, WordGraph.START, WordGraph.NOTHING, WordGraph.NOTHING, 0);
            }
            at = next;
        }
    }

    /** A row of states that may be left early, and in which nobody stays. */
    private void addHiss(int phone) {
        int at = WordGraph.START;
        for (int i = 0; i < HISS_MAX_FRAMES; i++) {
            states.add(phone + " " + i + " " + (phone - 1));
            int from = at;
            if (i < HISS_MAX_FRAMES - 1) {
                at = graph.state();
                addWay(from, at, phone, i);
            }
            if (i >= HISS_MIN_FRAMES - 1) {
                graph.arc(from, WordGraph.START, ++transitions, WordGraph.NOTHING, 0);
            }
        }
    }

    private void addWay(int from, int to, int phone, int state) {
        boolean first = state == 0;
        graph.arc(from, to, ++transitions, first ? phone - 1 : WordGraph.NOTHING, first ? WORD_COST : 0);
    }

    private String transitionModel() {
        StringBuilder text = new StringBuilder("<TransitionModel>\n<Topology>\n");
        topology(text, "1", 1, 1);
        topology(text, "2 3", TONE_MIN_FRAMES, TONE_MIN_FRAMES);
        topology(text, "4", HISS_MAX_FRAMES, HISS_MIN_FRAMES);
        text.append("</Topology>\n<Triples> ").append(states.size()).append('\n');
        states.forEach(state -> text.append(state).append('\n'));
        text.append("</Triples>\n<LogProbs>\n [ 0").append(" -0.7".repeat(transitions));
        return text.append(" ]\n</LogProbs>\n</TransitionModel>\n").toString();
    }

    /** Either all states are passed and the last one is stayed in, or it may be left from {@code least} states on. */
    private static void topology(StringBuilder text, String phones, int most, int least) {
        text.append("<TopologyEntry>\n<ForPhones>\n").append(phones).append("\n</ForPhones>\n");
        IntStream.range(0, most).forEach(state -> {
            text.append("<State> ").append(state).append(" <PdfClass> 0 ");
            if (state < least - 1) {
                text.append(way(state + 1, 1));
            } else if (state < most - 1) {
                text.append(way(state + 1, 0.5)).append(way(most, 0.5));
            } else {
                text.append(least == most ? way(state, 0.5) + way(most, 0.5) : way(most, 1));
            }
            text.append("</State>\n");
        });
        text.append("<State> ").append(most).append(" </State>\n</TopologyEntry>\n");
    }

    private static String way(int to, double probability) {
        return "<Transition> " + to + " " + probability + " ";
    }

    /** One row for each phone: what a frame's energy and balance say for it. */
    private static String network() {
        double[] balances = {0, BALANCE_WEIGHT, -BALANCE_WEIGHT, 0};
        double[] margins = {0, -BALANCE_WEIGHT * LOW_FROM, -BALANCE_WEIGHT * HIGH_FROM, 0};
        StringBuilder rows = new StringBuilder();
        StringBuilder biases = new StringBuilder();
        for (int phone = 0; phone < PHONES; phone++) {
            double energy = phone + 1 == SILENCE ? 0 : ENERGY_WEIGHT;
            rows.append(String.format(Locale.ROOT, "%n  %.3f %.3f", energy, balances[phone]))
                    .append(" 0".repeat(FEATURES - 2));
            biases.append(String.format(Locale.ROOT, " %.3f", margins[phone] - energy * VOICED));
        }
        return """
            <Nnet3>

            input-node name=input dim=%d
            component-node name=scores component=scores input=input
            output-node name=output input=scores

            <NumComponents> 1
            <ComponentName> scores <FixedAffineComponent> <LinearParams> [%s ]
            <BiasParams> [%s ]
            </FixedAffineComponent>
            </Nnet3>
            <LeftContext> 0 <RightContext> 0 <Priors> [ ]
            """.formatted(FEATURES, rows, biases);
    }
}
