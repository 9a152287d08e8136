/**
 * When a frame may go: two small machines that decide, so that the paths only have to act. Pure; owned by the media loop.
 *
 * <p>Open first: {@link io.steadyline.pacing.RxPacer} and {@link io.steadyline.pacing.TxPacer}.
 */
@NullMarked
package io.steadyline.pacing;

import org.jspecify.annotations.NullMarked;
