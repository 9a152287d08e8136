package io.steadyline.port;

import io.steadyline.signal.TranscriptLine;

/** Keeps what callers said. */
@FunctionalInterface
public interface TranscriptSink {

    /**
     * Takes the line, or counts its loss. Media loop: returns at once and never throws; lines of a call come in their order.
     */
    void accept(TranscriptLine line);
}
