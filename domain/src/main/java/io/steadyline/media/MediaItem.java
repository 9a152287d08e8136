package io.steadyline.media;

/** What travels through a media queue, in order: audio, or a control item that keeps its place among the audio. */
public sealed interface MediaItem permits AudioFrame, ControlItem {}
