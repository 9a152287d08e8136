package io.steadyline.offenders.call;

/** A synchronized block in what one thread owns. */
public final class CallWithABlock {
    private final Object lock = new Object();
    private int frames;

    void count() {
        synchronized (lock) {
            frames++;
        }
    }

    int frames() {
        return frames;
    }
}
