/**
 * The recogniser that needs no account, no model and no network: hears speech, keys and tones, and writes no words.
 *
 * <p>Open first: {@link io.steadyline.stt.builtin.BuiltinRecogniser}. All sessions run on its one thread,
 * {@code stt-builtin}.
 */
@NullMarked
package io.steadyline.stt.builtin;

import org.jspecify.annotations.NullMarked;
