package io.steadyline.signal;

import io.steadyline.media.ControlItem;

/** Control items among the caller's audio on its way to the recogniser. Never dropped. */
public sealed interface SttControl extends ControlItem {

    /** Asks for a final of what was said so far; answered by a Final with cause FLUSH, if anything was said. */
    record Flush(String tag) implements SttControl {}

    /** No audio follows: deliver the finals, then close. */
    record EndOfInput() implements SttControl {}
}
