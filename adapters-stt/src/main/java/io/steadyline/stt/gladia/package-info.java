/**
 * Gladia live transcription, second version: an HTTP request that says how, then a WebSocket that can be opened again where
 * it was lost.
 *
 * <p>Open first: {@link io.steadyline.stt.gladia.GladiaVendor}. Facts: docs.gladia.io (API reference of v2/live, asyncapi)
 * and the vendor's own SDK, read 2026-07 to 2026-11. Not confirmed: how long a connection may be silent, and which close
 * codes of 4400 to 4499 are used for what. Protocol-tested against a scripted peer, not yet against the live service.
 */
@NullMarked
package io.steadyline.stt.gladia;

import org.jspecify.annotations.NullMarked;
