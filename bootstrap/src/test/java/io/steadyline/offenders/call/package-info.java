/** Breaks the rules of io.steadyline.call on purpose; see ArchitectureTest. Never run. */
@NullMarked
package io.steadyline.offenders.call;

import org.jspecify.annotations.NullMarked;
