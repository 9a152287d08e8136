/**
 * Amazon Transcribe streaming over WebSocket.
 *
 * <p>Open first: {@link io.steadyline.stt.aws.AwsVendor}. Facts: API reference of StartStreamTranscription and its
 * WebSocket page (docs.aws.amazon.com/transcribe), event stream encoding by AWS's own library, Signature Version 4 by AWS's
 * published vectors; read 2026-11. Audio messages are not signed one by one, as working clients do it. Protocol-tested
 * against a scripted peer, not yet against the live service.
 *
 * <p>It takes no words that are likely with a request, only a vocabulary that was stored before: {@code hints} are not sent.
 */
@NullMarked
package io.steadyline.stt.aws;

import org.jspecify.annotations.NullMarked;
