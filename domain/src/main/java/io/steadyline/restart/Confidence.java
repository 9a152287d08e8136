package io.steadyline.restart;

/** How sure a diagnosis is. */
public enum Confidence {
    /** The evidence allows no other cause. */
    CERTAIN,
    /** The evidence fits, another cause would leave the same. */
    LIKELY,
    /** Unknown stays unknown. */
    CANNOT_TELL
}
