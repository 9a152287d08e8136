/** Breaks the rules of io.steadyline.websocket.twilio on purpose; see ArchitectureTest. Never run. */
@NullMarked
package io.steadyline.offenders.websocket.twilio;

import org.jspecify.annotations.NullMarked;
