/** Breaks the rules of io.steadyline.bootstrap.check on purpose; see ArchitectureTest. Never run. */
@NullMarked
package io.steadyline.offenders.bootstrap.check;

import org.jspecify.annotations.NullMarked;
