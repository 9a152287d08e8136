package io.steadyline.signal;

import io.steadyline.media.ControlItem;

/** Control items among the agent's audio. They keep their place and are never dropped. */
public sealed interface TxControl extends ControlItem {

    /** The epoch in which the item was offered; an item of a dead epoch is not sent any more. */
    long epoch();

    /** A named point in the audio, reported back as played or interrupted. The name is the agent's own and may repeat. */
    record MarkPoint(String name, long epoch) implements TxControl {}

    /** The last frame of a playback has passed; nothing of it follows. */
    record PlaybackEnd(long epoch) implements TxControl {}
}
