/** Breaks the rules of io.steadyline.keeper on purpose; see ArchitectureTest. Never run. */
@NullMarked
package io.steadyline.offenders.keeper;

import org.jspecify.annotations.NullMarked;
