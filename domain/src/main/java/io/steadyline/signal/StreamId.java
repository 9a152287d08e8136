package io.steadyline.signal;

/** The provider's name for one media stream (Twilio: StreamSid); new after every reconnect. */
public record StreamId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
