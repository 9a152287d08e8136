/**
 * The four bounded queues of a call. Each says who puts, who takes, its bound, and what happens when it is full; each
 * counts so that {@code in = out + dropped + depth} holds at every moment.
 *
 * <p>Open first: {@link io.steadyline.queue.MediaRing}, which all four are made of.
 */
@NullMarked
package io.steadyline.queue;

import org.jspecify.annotations.NullMarked;
