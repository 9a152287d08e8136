/** Breaks the rules of io.steadyline.websocket.dialect on purpose; see ArchitectureTest. Never run. */
@NullMarked
package io.steadyline.offenders.websocket.dialect;

import org.jspecify.annotations.NullMarked;
