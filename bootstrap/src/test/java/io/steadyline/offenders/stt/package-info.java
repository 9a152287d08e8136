/** Breaks the rules of io.steadyline.stt on purpose; see ArchitectureTest. Never run. */
@NullMarked
package io.steadyline.offenders.stt;

import org.jspecify.annotations.NullMarked;
