package io.steadyline.telemetry;

import io.steadyline.signal.CallId;
import io.steadyline.signal.CallState;

/** Builds seconds of a call for tests: healthy ones, changed where the test wants. */
final class Seconds {

    private CallState state = CallState.ACTIVE;
    private RxMode mode = RxMode.NORMAL;
    private double fpsIn = 50;
    private int rxDepth = 1;
    private long rxDrops;
    private double writeMs = 0.01;
    private long refusals;
    private long missing;
    private int sttDepth;
    private double gapMs = 20;
    private double txFps = 50;
    private boolean playing = true;
    private int txDepth = 3;
    private long txDrops;
    private int sendDepth;
    private double loopMs = 1;

    static Seconds healthy() {
        return new Seconds();
    }

    Seconds state(CallState value) {
        state = value;
        return this;
    }

    Seconds draining() {
        mode = RxMode.DRAIN;
        return this;
    }

    Seconds fpsIn(double value) {
        fpsIn = value;
        return this;
    }

    Seconds rxDepth(int value) {
        rxDepth = value;
        return this;
    }

    Seconds rxDrops(long value) {
        rxDrops = value;
        return this;
    }

    Seconds writeMs(double value) {
        writeMs = value;
        return this;
    }

    Seconds refusals(long value) {
        refusals = value;
        return this;
    }

    Seconds sttDepth(int value) {
        sttDepth = value;
        return this;
    }

    Seconds missing(long value) {
        missing = value;
        return this;
    }

    Seconds gapMs(double value) {
        gapMs = value;
        return this;
    }

    Seconds txFps(double value) {
        txFps = value;
        return this;
    }

    Seconds silent() {
        playing = false;
        txFps = 0;
        return this;
    }

    Seconds txDepth(int value) {
        txDepth = value;
        return this;
    }

    Seconds txDrops(long value) {
        txDrops = value;
        return this;
    }

    Seconds sendDepth(int value) {
        sendDepth = value;
        return this;
    }

    Seconds loopMs(double value) {
        loopMs = value;
        return this;
    }

    CallSecond number(int second) {
        RxSecond rx = new RxSecond(
                mode, fpsIn, rxDepth, rxDepth, rxDrops, writeMs, 50, refusals, sttDepth, missing, 0, gapMs);
        TxSecond tx = new TxSecond(txFps, txDepth, txDrops, 0, playing, sendDepth, 0, 0);
        return new CallSecond(new CallId("CA1"), second, second * 1_000_000_000L, state, rx, tx, loopMs);
    }
}
