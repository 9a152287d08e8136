package io.steadyline.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How much is in a queue that threads share, for whoever only wants to look: without its lock, which the media loop would
 * take ten times for each frame to learn that nothing is there. Written under the queue's lock, read by any thread.
 *
 * <p>Nothing is lost between "it is empty" and a wake-up: whoever puts lets go of the lock before it rings, and whoever
 * takes clears its bell before it looks here, both of which are ordered against the store and the look.
 */
abstract class Fill {

    private static final VarHandle FILL;

    static {
        try {
            FILL = MethodHandles.lookup().findVarHandle(Fill.class, "fill", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Items in the upper half, frames among them in the lower one. */
    @SuppressWarnings("UnusedVariable") // through the handle: a volatile store would cost a fence with each frame
    private long fill;

    Fill() {}

    /** To be called under the queue's lock, after each change. */
    final void show(MediaRing ring) {
        FILL.setRelease(this, (long) ring.size() << Integer.SIZE | ring.depthFrames());
    }

    /** No frame and no control item. */
    public final boolean isEmpty() {
        return (long) FILL.getVolatile(this) == 0;
    }

    public final int depthFrames() {
        return (int) (long) FILL.getVolatile(this);
    }
}
