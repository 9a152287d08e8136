package io.steadyline.stt.vendor;

/** One message as it travels, either way. */
public sealed interface Wire {

    record Text(String text) implements Wire {}

    /** @param data not changed by anybody after it was given here */
    @SuppressWarnings("ArrayRecordComponent") // Identity is never asked for; a copy for each message would be waste.
    record Binary(byte[] data) implements Wire {}
}
