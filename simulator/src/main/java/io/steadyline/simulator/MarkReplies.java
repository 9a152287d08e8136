package io.steadyline.simulator;

/** What the simulated provider does with marks. */
public enum MarkReplies {
    /** Returns them as documented: when played, at once when nothing is held, all at a clear. */
    WHEN_PLAYED,
    /** Swallows them: a server must not hang on a mark that never comes back. */
    NEVER
}
