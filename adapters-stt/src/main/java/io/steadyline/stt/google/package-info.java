/**
 * Google Cloud Speech-to-Text v2: {@code google.cloud.speech.v2.Speech/StreamingRecognize}.
 *
 * <p>Open first: {@link io.steadyline.stt.google.GoogleVendor}. Facts: the published protos (proto-google-cloud-speech-v2,
 * 2026-08-22) for messages and limits; texts of statuses, what {@code telephony} refuses and which model knows the
 * end-pointing sensitivity are what clients have seen, and so are options here. Protocol-tested against a scripted peer,
 * which is a real gRPC server made from the published stubs; not yet against the live service.
 */
@NullMarked
package io.steadyline.stt.google;

import org.jspecify.annotations.NullMarked;
