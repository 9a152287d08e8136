package io.steadyline.signal;

/** The provider's name for the phone call (Twilio: CallSid); the same over all streams of the call. */
public record CallId(String value) {
    public CallId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("callId: '' (expected: at least one character)");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
