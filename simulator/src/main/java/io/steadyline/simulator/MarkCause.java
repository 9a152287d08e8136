package io.steadyline.simulator;

/** Why a mark was returned. On the wire all three look the same. */
public enum MarkCause {
    /** All audio before it has been played. */
    PLAYED,
    /** Nothing was held when it came, so it was returned at once. */
    NOTHING_BUFFERED,
    /** A clear came before its audio had been played. */
    CLEARED
}
