/**
 * Audio of the telephone: 8 kHz µ-law, WAV files, and the bundled voice.
 *
 * <p>Open first: {@link io.steadyline.simulator.audio.Audio}. Values only; any thread.
 */
@NullMarked
package io.steadyline.simulator.audio;

import org.jspecify.annotations.NullMarked;
