package io.steadyline.offenders.stt;

/** Prints what belongs in a log. */
public final class RecogniserThatPrintsATrace {
    void failed(Throwable failure) {
        failure.printStackTrace();
    }
}
