/**
 * RFC 6455, the server's side: frames in from a ring of bytes, frames out to a buffer. Pure: no socket, no clock, no
 * logger. Own code, because only it knows to the byte where a message ends, which is what lets another process go on with
 * a live connection (docs/adr/0013).
 *
 * <p>Open first: {@link io.steadyline.websocket.frames.FrameReader}. Used by the media loop.
 */
@NullMarked
package io.steadyline.websocket.frames;

import org.jspecify.annotations.NullMarked;
