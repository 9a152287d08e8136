/**
 * The call journal: what a call would need to go on after a new start, appended to files in the background. A full, slow or
 * broken disk costs records, which are counted, and never a call.
 *
 * <p>Open first: {@link io.steadyline.journal.calls.CallJournal}, then {@link io.steadyline.journal.calls.JournalRecord}.
 * Threads: the media loop tells and asks, in memory; one writer thread owns the files.
 */
@NullMarked
package io.steadyline.journal.calls;

import org.jspecify.annotations.NullMarked;
