/**
 * When a frame may go, and whether a call may come: small machines that decide, so that others only have to act. Pure; owned
 * by the media loop.
 *
 * <p>Open first: {@link io.steadyline.pacing.RxPacer} and {@link io.steadyline.pacing.TxPacer}; for calls,
 * {@link io.steadyline.pacing.LoadGate}.
 */
@NullMarked
package io.steadyline.pacing;

import org.jspecify.annotations.NullMarked;
