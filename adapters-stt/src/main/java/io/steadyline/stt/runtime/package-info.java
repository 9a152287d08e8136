/**
 * What all vendors share: buffering, pacing, retry, fail-over, roll-over, watchdogs and close.
 *
 * <p>Open first: {@link io.steadyline.stt.runtime.RuntimeSettings}, then
 * {@link io.steadyline.stt.runtime.RecogniserFactory}, by which the process gets its recogniser.
 */
@NullMarked
package io.steadyline.stt.runtime;

import org.jspecify.annotations.NullMarked;
