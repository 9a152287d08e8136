package io.steadyline.turn;

/** What one frame of the caller is to the endpointer. */
public enum FrameVoice {
    /** Somebody speaks. */
    VOICED,
    /** Sound without speech: noise, a key, a tone. */
    UNVOICED,
    /** Digital silence: nobody recorded anything. Ends speech as silence does, but does not speak against its start. */
    MISSING
}
