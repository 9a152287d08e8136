package io.steadyline.offenders.call;

/** A synchronized method in what one thread owns. */
public final class CallWithALockedMethod {
    private int frames;

    synchronized int count() {
        return ++frames;
    }
}
