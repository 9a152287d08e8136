/**
 * Whose turn it is: endpointing, barge-in, outstanding marks. Pure state machines, one owner each.
 *
 * <p>Open first: {@link io.steadyline.turn.Endpointer}.
 */
@NullMarked
package io.steadyline.turn;

import org.jspecify.annotations.NullMarked;
