/**
 * NVIDIA Riva and NIM, self-hosted or in NVIDIA's cloud: {@code nvidia.riva.asr.RivaSpeechRecognition/StreamingRecognize}.
 *
 * <p>Open first: {@link io.steadyline.stt.riva.RivaVendor}. Facts: Riva's protos r2.19 (2026-03), of which {@code
 * nvidia/riva/asr.proto} here has the names and numbers that are used. Protocol-tested against a scripted peer, which is a
 * real gRPC server; not yet against the live service.
 */
@NullMarked
package io.steadyline.stt.riva;

import org.jspecify.annotations.NullMarked;
