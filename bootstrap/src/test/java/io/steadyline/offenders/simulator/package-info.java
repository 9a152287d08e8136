/** Breaks the rules of io.steadyline.simulator on purpose; see ArchitectureTest. Never run. */
@NullMarked
package io.steadyline.offenders.simulator;

import org.jspecify.annotations.NullMarked;
