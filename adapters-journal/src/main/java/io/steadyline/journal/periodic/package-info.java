/**
 * Work that comes again and again: one wrapper for all of it, so that none of it ever stops without a word.
 *
 * <p>Open first: {@link io.steadyline.journal.periodic.Periodic}. Each instance has one daemon thread of its own.
 */
@NullMarked
package io.steadyline.journal.periodic;

import org.jspecify.annotations.NullMarked;
