/** Breaks the rules of io.steadyline.websocket on purpose; see ArchitectureTest. Never run. */
@NullMarked
package io.steadyline.offenders.websocket;

import org.jspecify.annotations.NullMarked;
