/**
 * The way down to an existing bot: this gateway connects to the bot's own address and is Twilio Media Streams to it, whatever
 * the provider above speaks.
 *
 * <p>Open first: {@link io.steadyline.websocket.downstream.TwilioAgentDoor}, then {@link
 * io.steadyline.websocket.downstream.TwilioLeg}, what the bot is told, and {@link
 * io.steadyline.websocket.downstream.BotEar}, what it says. The media loop only puts into {@link
 * io.steadyline.websocket.downstream.Outbox}; the threads {@code twilio-bots-…} write, read and decode.
 */
@NullMarked
package io.steadyline.websocket.downstream;

import org.jspecify.annotations.NullMarked;
