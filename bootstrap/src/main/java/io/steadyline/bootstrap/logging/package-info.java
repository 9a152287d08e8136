/**
 * The log: one line per event on standard output, written by a thread of its own so that a blocked reader never blocks
 * a call.
 *
 * <p>Open first: {@link io.steadyline.bootstrap.logging.Logs}. Events are made on any thread and never wait; lines are
 * written by the thread {@code log-writer}.
 */
@NullMarked
package io.steadyline.bootstrap.logging;

import org.jspecify.annotations.NullMarked;
