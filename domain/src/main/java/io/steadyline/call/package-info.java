/**
 * A call: its two directions, its life cycle, its agent and recogniser, and the loop that owns all calls.
 *
 * <p>Open first: RxPath and TxPath. Everything here but the
 * directory belongs to one thread, the media loop; others meet a call only through its queues and its inbox.
 */
@NullMarked
package io.steadyline.call;

import org.jspecify.annotations.NullMarked;
