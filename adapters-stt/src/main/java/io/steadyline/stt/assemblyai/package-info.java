/**
 * AssemblyAI's Universal Streaming, {@code /v3/ws}.
 *
 * <p>Open first: {@link io.steadyline.stt.assemblyai.AssemblyAiVendor}. Facts are from AssemblyAI's Python SDK 1.0.0
 * (2026-08-14) and its documentation. Protocol-tested against a scripted peer, not yet against the live service.
 */
@NullMarked
package io.steadyline.stt.assemblyai;

import org.jspecify.annotations.NullMarked;
