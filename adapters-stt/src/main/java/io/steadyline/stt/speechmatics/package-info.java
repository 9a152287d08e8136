/**
 * Speechmatics real-time transcription over WebSocket.
 *
 * <p>Open first: {@link io.steadyline.stt.speechmatics.SpeechmaticsVendor}. Facts: docs.speechmatics.com (real-time API
 * reference), read 2026-08. The vendor advises to wait 5 to 10 s before trying again where that can help. Protocol-tested
 * against a scripted peer, not yet against the live service.
 */
@NullMarked
package io.steadyline.stt.speechmatics;

import org.jspecify.annotations.NullMarked;
