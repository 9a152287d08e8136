/**
 * Audio as the telephony side knows it: frames of one ptime in the call's own encoding.
 *
 * <p>Open first: {@link io.steadyline.media.AudioFrame}. Values only; any thread.
 */
@NullMarked
package io.steadyline.media;

import org.jspecify.annotations.NullMarked;
