/**
 * The worker's side of those who hold its sockets: the keeper, or systemd's descriptor store.
 *
 * <p>Open first: {@link io.steadyline.journal.custody.Custody}. Connecting waits, on the main thread at the start; all the
 * rest may be called by any thread and never waits. Each connection has a daemon thread that sends what found no room, and
 * the keeper's has one that waits for its end.
 */
@NullMarked
package io.steadyline.journal.custody;

import org.jspecify.annotations.NullMarked;
