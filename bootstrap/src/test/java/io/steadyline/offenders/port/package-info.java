/** Breaks the rules of io.steadyline.port on purpose; see ArchitectureTest. Never run. */
@NullMarked
package io.steadyline.offenders.port;

import org.jspecify.annotations.NullMarked;
