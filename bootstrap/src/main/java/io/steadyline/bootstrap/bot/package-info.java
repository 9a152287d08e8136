/**
 * Bots to try the gateway with, in a process of their own: one that registers over gRPC, and one behind a media socket of
 * Twilio's kind. They keep a ledger of what they were told, so that a drill can tell after their death what reached them.
 *
 * <p>Open first: {@link io.steadyline.bootstrap.bot.GrpcBot}. A bot's own process; nothing here runs in the gateway.
 */
@NullMarked
package io.steadyline.bootstrap.bot;

import org.jspecify.annotations.NullMarked;
