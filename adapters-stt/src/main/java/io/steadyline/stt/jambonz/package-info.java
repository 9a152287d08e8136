/**
 * Any recogniser that speaks the "custom STT" protocol of jambonz over a WebSocket; the gateway is the client.
 *
 * <p>Facts: docs.jambonz.org/guides/features/custom-stt-providers, a stored copy seen on 2026-11-29, and for the fields of the
 * messages a summary of the client module of jambonz, not the module itself. Protocol-tested against a scripted peer, not yet
 * against the live service.
 *
 * <p>Open first: {@link io.steadyline.stt.jambonz.JambonzVendor}. No threads of its own.
 */
@NullMarked
package io.steadyline.stt.jambonz;

import org.jspecify.annotations.NullMarked;
