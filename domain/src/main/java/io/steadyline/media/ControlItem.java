package io.steadyline.media;

/** An item that is not audio: a mark, a clear, an end of input. Queues never drop one. */
public non-sealed interface ControlItem extends MediaItem {}
