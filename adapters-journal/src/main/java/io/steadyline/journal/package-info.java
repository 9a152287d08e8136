/**
 * What outlives the process: recorder, journal, boot records, the worker's lock, and the evidence that the host keeps.
 */
@NullMarked
package io.steadyline.journal;

import org.jspecify.annotations.NullMarked;
