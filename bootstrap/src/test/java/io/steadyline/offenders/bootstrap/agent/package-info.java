/** Breaks the rules of io.steadyline.bootstrap.agent on purpose; see ArchitectureTest. Never run. */
@NullMarked
package io.steadyline.offenders.bootstrap.agent;

import org.jspecify.annotations.NullMarked;
