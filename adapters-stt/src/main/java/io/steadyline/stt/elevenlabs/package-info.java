/**
 * ElevenLabs' Scribe v2 realtime.
 *
 * <p>Open first: {@link io.steadyline.stt.elevenlabs.ElevenLabsVendor}. Facts are from ElevenLabs' Python SDK 2.59 and its
 * documentation (2026-08), and from reports of users (2025-11). Protocol-tested against a scripted peer, not yet against
 * the live service.
 */
@NullMarked
package io.steadyline.stt.elevenlabs;

import org.jspecify.annotations.NullMarked;
