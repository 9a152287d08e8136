/**
 * Deepgram: {@code /v1/listen} (nova and older) as {@code deepgram}, {@code /v2/listen} (Flux, with turns) as
 * {@code deepgram-flux}.
 *
 * <p>Open first: {@link io.steadyline.stt.deepgram.DeepgramVendor}, then {@link io.steadyline.stt.deepgram.FluxVendor}.
 * Facts are from Deepgram's AsyncAPI of both interfaces (2026-07-22) and its documentation (2025-07). Protocol-tested
 * against a scripted peer, not yet against the live service.
 */
@NullMarked
package io.steadyline.stt.deepgram;

import org.jspecify.annotations.NullMarked;
