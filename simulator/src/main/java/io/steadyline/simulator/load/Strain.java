package io.steadyline.simulator.load;

/** What a load does to the server besides being many calls. */
public enum Strain {
    /** The audio of all calls stands still for 1.2 s every 2 s, and then comes at once: {@link BurstRhythm}. */
    BURSTS,
    /** Calls of 3 to 10 s: each that ends makes room for a new one. */
    CHURN,
    /** One call in ten also sends a malformed message a second; it is not judged, and dialled again when it is closed. */
    MALFORMED,
    /** The caller speaks, so that a recogniser has work; otherwise there is silence around the numbers. */
    SPEECH
}
