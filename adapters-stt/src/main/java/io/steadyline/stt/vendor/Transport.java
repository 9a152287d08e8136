package io.steadyline.stt.vendor;

/** Opens connections of one kind. Any thread; never blocks the caller. */
@FunctionalInterface
public interface Transport {

    /** Begins to open and returns at once; how it goes is told to {@code events}. */
    Link open(LinkEvents events);
}
