/** Breaks the rules of io.steadyline.pacing on purpose; see ArchitectureTest. Never run. */
@NullMarked
package io.steadyline.offenders.pacing;

import org.jspecify.annotations.NullMarked;
