/**
 * Signal processing of one call's audio, frame by frame and without allocation: voice activity, keys, tones. Pure: no
 * clock, no thread, no logger; time is the number of samples taken.
 *
 * <p>Open first: {@link io.steadyline.stt.signal.VoiceActivity}. Nothing here is thread-safe; whoever hears a call owns
 * one of each.
 */
@NullMarked
package io.steadyline.stt.signal;

import org.jspecify.annotations.NullMarked;
