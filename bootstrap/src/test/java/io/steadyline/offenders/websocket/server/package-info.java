/** Breaks the rules of io.steadyline.websocket.server on purpose; see ArchitectureTest. Never run. */
@NullMarked
package io.steadyline.offenders.websocket.server;

import org.jspecify.annotations.NullMarked;
