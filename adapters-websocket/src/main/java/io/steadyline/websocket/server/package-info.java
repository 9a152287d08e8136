/**
 * The media ingress on Undertow: sockets, webhook, health. Everything here runs on the one I/O thread of the server, the
 * media loop; what may be called from elsewhere says so.
 *
 * <p>Open first: {@link io.steadyline.websocket.server.GatewayServer}, then
 * {@link io.steadyline.websocket.server.MediaSocket}, which a frame passes both ways.
 */
@NullMarked
package io.steadyline.websocket.server;

import org.jspecify.annotations.NullMarked;
