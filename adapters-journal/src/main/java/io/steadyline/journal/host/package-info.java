/**
 * The process's place on its host: that it is the only worker of its data directory, what is around it, what the host
 * knows of the end of an earlier boot, and if the process stands still.
 *
 * <p>Open first: {@link io.steadyline.journal.host.WorkerGuard} and {@link io.steadyline.journal.host.Surroundings} for
 * the start, {@link io.steadyline.journal.host.HostEvidence} for the boot before,
 * {@link io.steadyline.journal.host.StallWatch} for the life after. The main thread runs all of it at the start;
 * {@code StallWatch} has a thread of its own; the guard's check runs on whichever periodic thread calls it. Nothing here
 * throws for want of a file: what cannot be read is unknown, and what cannot be done gives its reason.
 */
@NullMarked
package io.steadyline.journal.host;

import org.jspecify.annotations.NullMarked;
