package io.steadyline.signal;

import io.steadyline.media.ControlItem;

/** Control items on their way to the peer, in one order with the audio. */
public sealed interface PeerControl extends ControlItem {

    /** Asks the peer to return this name when everything before it was played. */
    record SendMark(String wireName) implements PeerControl {}

    /** Asks the peer to forget what it has not played yet. */
    record SendClear() implements PeerControl {}
}
