package io.steadyline.websocket.downstream;

/** One message of a bot. */
sealed interface BotSaid {

    /** @param mulaw of any length */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Media(byte[] mulaw) implements BotSaid {}

    record Mark(String name) implements BotSaid {}

    record Clear() implements BotSaid {}

    /** For another stream than this connection's, or for none. */
    record OtherStream(String streamSid) implements BotSaid {}

    /** An event that Twilio has no name for. */
    record Unknown(String event) implements BotSaid {}

    /** @param detail what was found and what was expected; safe to log */
    record Unusable(String detail) implements BotSaid {}
}
