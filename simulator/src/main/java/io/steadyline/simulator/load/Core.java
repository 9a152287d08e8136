package io.steadyline.simulator.load;

/** What the load tool may do with the processor between two frames. */
public enum Core {
    /**
     * Others run there too: it sleeps. The selector's grain is a millisecond, so a frame may leave that much after its deadline.
     */
    SHARED,
    /**
     * It is alone: it looks again and again where the next frame is about a millisecond away, and sends it to some 10 µs. Whoever runs
     * there too delays it, and gets half of the core.
     */
    OWN
}
