package io.steadyline.stt.builtin;

import io.steadyline.stt.signal.Decibels;
import java.util.OptionalDouble;

/** Mean power of the voiced frames of an utterance. */
final class VoicedLevel {

    private double sumOfMeanSquares;
    private int frames;

    void add(double levelDbfs) {
        sumOfMeanSquares += Decibels.toMeanSquare(levelDbfs);
        frames++;
    }

    OptionalDouble dbfs() {
        return frames == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Decibels.ofMeanSquare(sumOfMeanSquares / frames));
    }

    void clear() {
        sumOfMeanSquares = 0;
        frames = 0;
    }
}
