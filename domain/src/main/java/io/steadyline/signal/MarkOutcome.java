package io.steadyline.signal;

/** What became of a mark. */
public enum MarkOutcome {
    /** The peer returned it, and no clear came between. */
    PLAYED,
    /** A clear, a lost stream or the end of the call came first; how much before it was heard is unknown. */
    INTERRUPTED
}
