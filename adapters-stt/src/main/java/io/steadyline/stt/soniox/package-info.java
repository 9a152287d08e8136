/**
 * Soniox real-time transcription over WebSocket.
 *
 * <p>Open first: {@link io.steadyline.stt.soniox.SonioxVendor}. Facts: soniox.com/docs (WebSocket API, WebSocket
 * authentication, error handling, limits), read 2026-11. Not confirmed: the name of µ-law for speech to text, which is an
 * option, and what is said at the limit of 300 minutes. Protocol-tested against a scripted peer, not yet against the live
 * service.
 */
@NullMarked
package io.steadyline.stt.soniox;

import org.jspecify.annotations.NullMarked;
