/**
 * Whose turn it is: endpointing, barge-in, outstanding marks. Pure state machines, one owner each.
 *
 * <p>Open first: {@link io.steadyline.turn.BargeIn} and {@link io.steadyline.turn.PendingMarks}.
 */
@NullMarked
package io.steadyline.turn;

import org.jspecify.annotations.NullMarked;
