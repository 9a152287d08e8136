/**
 * What every recogniser on the network needs besides its language: connections, and what is done with them.
 *
 * <p>Open first: {@link io.steadyline.stt.runtime.WebSocketTransport}.
 */
@NullMarked
package io.steadyline.stt.runtime;

import org.jspecify.annotations.NullMarked;
