/** Breaks the rules of io.steadyline.otel on purpose; see ArchitectureTest. Never run. */
@NullMarked
package io.steadyline.offenders.otel;

import org.jspecify.annotations.NullMarked;
