/**
 * OpenAI's Realtime API in its transcription mode.
 *
 * <p>Open first: {@link io.steadyline.stt.openai.OpenAiVendor}. Facts are from OpenAI's OpenAPI description (2026-08-21) and
 * its documentation. Protocol-tested against a scripted peer, not yet against the live service.
 */
@NullMarked
package io.steadyline.stt.openai;

import org.jspecify.annotations.NullMarked;
