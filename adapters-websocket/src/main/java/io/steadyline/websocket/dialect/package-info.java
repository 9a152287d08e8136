/**
 * A provider's media protocol as a pure codec: bytes of one message in, one event out; one item in, bytes out. No
 * socket, no clock, no logger. A new provider is one {@link io.steadyline.websocket.dialect.Dialect}, one codec and one
 * recorded conversation under the test resources' {@code golden}.
 *
 * <p>Open first: {@link io.steadyline.websocket.dialect.DialectCodec}. A codec belongs to one connection and is used by
 * the media loop only; everything else here is immutable and may be shared.
 */
@NullMarked
package io.steadyline.websocket.dialect;

import org.jspecify.annotations.NullMarked;
