/** Breaks the rules of io.steadyline.bootstrap.config on purpose; see ArchitectureTest. Never run. */
@NullMarked
package io.steadyline.offenders.bootstrap.config;

import org.jspecify.annotations.NullMarked;
