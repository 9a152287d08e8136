/**
 * What the core needs from outside. Each port says which thread calls, whether it may block, and what a refusal means.
 *
 * <p>Open first: {@link io.steadyline.port.PeerLink}, {@link io.steadyline.port.SttProvider},
 * {@link io.steadyline.port.AgentProvider}, {@link io.steadyline.port.CallObserver}.
 */
@NullMarked
package io.steadyline.port;

import org.jspecify.annotations.NullMarked;
