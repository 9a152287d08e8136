/**
 * The provider's side of a phone call around its streams: it asks the voice webhook what to do, does it, and asks again
 * when a stream ends. So a call outlives its stream, and the server that had it. As with the streams, no code is shared with
 * the gateway.
 *
 * <p>Open first: {@link io.steadyline.simulator.voice.VoiceClient}, then {@link io.steadyline.simulator.voice.PhoneCall}.
 * Each phone call has a virtual thread of its own, which may block; its streams run on the thread of the {@link
 * io.steadyline.simulator.Simulator}, which this package never blocks.
 */
@NullMarked
package io.steadyline.simulator.voice;

import org.jspecify.annotations.NullMarked;
