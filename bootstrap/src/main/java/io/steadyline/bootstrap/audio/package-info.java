/**
 * Reads audio files into what the gateway plays. Used at start, by the main thread.
 *
 * <p>Open first: {@link io.steadyline.bootstrap.audio.GreetingLoader}.
 */
@NullMarked
package io.steadyline.bootstrap.audio;

import org.jspecify.annotations.NullMarked;
