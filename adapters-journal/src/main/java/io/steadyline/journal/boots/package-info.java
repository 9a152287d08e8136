/**
 * One boot's notes about its own life, the reports of boots that are over, and the putting together of both.
 *
 * <p>Open first: {@link io.steadyline.journal.boots.LifeLog}, then {@link io.steadyline.journal.boots.BootStore} and
 * {@link io.steadyline.journal.boots.Forensics}. The life log and the last resort are entered by any thread, also by one
 * that has just run out of memory; the store by the main thread at boot and by threads of the control plane.
 */
@NullMarked
package io.steadyline.journal.boots;

import org.jspecify.annotations.NullMarked;
