package io.steadyline.offenders.stt;

/** Prints what belongs in a log, or nowhere. */
public final class RecogniserThatPrints {
    void heard(String words) {
        System.out.println(words);
    }
}
