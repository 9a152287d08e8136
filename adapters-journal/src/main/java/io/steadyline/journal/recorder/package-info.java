/**
 * The recorder: a preallocated, mapped file that holds the process's heartbeat, its last log lines and one page for each
 * live call. What is stored there belongs to the kernel at once, so that it survives a SIGKILL without any fsync. It
 * does not survive the machine; the call journal does.
 *
 * <p>Open first: {@link io.steadyline.journal.recorder.Recorder}, then
 * {@link io.steadyline.journal.recorder.Twin}. Threads: pages belong to the media loop, the heartbeat to a ticker, lines
 * to the log's writer; what they store meets in no shared cell.
 */
@NullMarked
package io.steadyline.journal.recorder;

import org.jspecify.annotations.NullMarked;
