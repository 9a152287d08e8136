/**
 * What callers said, a file a call, one JSON object a line.
 *
 * <p>Open first: {@link io.steadyline.journal.transcripts.TranscriptFiles}. The media loop puts, one thread of its own
 * ({@code transcripts}) writes.
 */
@NullMarked
package io.steadyline.journal.transcripts;

import org.jspecify.annotations.NullMarked;
