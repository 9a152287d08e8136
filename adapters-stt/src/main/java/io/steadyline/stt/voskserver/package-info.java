/**
 * A vosk-server: the free recogniser Vosk behind a WebSocket, on a machine of one's own.
 *
 * <p>Facts: {@code websocket/asr_server.py} of alphacep/vosk-server, one stored version (0548fc3) read on 2026-11-29; it knows
 * no reset, which others are said to know. Protocol-tested against a scripted peer, not yet against the live service.
 *
 * <p>Open first: {@link io.steadyline.stt.voskserver.VoskServerVendor}; {@link io.steadyline.stt.voskserver.VoskResult} reads
 * the results of any Vosk. No threads of its own.
 */
@NullMarked
package io.steadyline.stt.voskserver;

import org.jspecify.annotations.NullMarked;
