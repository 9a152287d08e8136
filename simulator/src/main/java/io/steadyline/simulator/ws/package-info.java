/**
 * The client's side of RFC 6455 without a socket: opening handshake, masked frames out, a parser for what a server sends.
 *
 * <p>Open first: {@link io.steadyline.simulator.ws.FrameParser}. Not thread-safe; each connection has its own.
 */
@NullMarked
package io.steadyline.simulator.ws;

import org.jspecify.annotations.NullMarked;
