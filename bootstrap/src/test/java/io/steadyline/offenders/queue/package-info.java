/** Breaks the rules of io.steadyline.queue on purpose; see ArchitectureTest. Never run. */
@NullMarked
package io.steadyline.offenders.queue;

import org.jspecify.annotations.NullMarked;
