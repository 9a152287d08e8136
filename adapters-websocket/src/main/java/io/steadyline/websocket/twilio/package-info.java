/**
 * Twilio: the Media Streams dialect, the signature on its requests, and the TwiML that brings a call to us and back.
 * Pure: no socket, no clock, no logger.
 *
 * <p>Open first: {@link io.steadyline.websocket.twilio.TwilioCodec} for the media,
 * {@link io.steadyline.websocket.twilio.VoiceWebhook} for the way a call takes. A codec belongs to one connection and is
 * used by the media loop only; {@link io.steadyline.websocket.twilio.CallReturns} and
 * {@link io.steadyline.websocket.twilio.CallTokens} have one owner too; the rest is immutable and may be shared.
 */
@NullMarked
package io.steadyline.websocket.twilio;

import org.jspecify.annotations.NullMarked;
