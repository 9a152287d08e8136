package io.steadyline.simulator;

import java.time.Duration;

/**
 * A peer that stands still while its socket stays open. What is not sent waits, and goes out in one burst when the freeze
 * is over: frames, marks and digits in their order, with the numbers that they would have had. More than 256 KiB of it,
 * some 15 s, are discarded as the provider does (warning 31930). A call that is hung up while its sending stands still
 * ends without a word.
 *
 * @param at since the stream's start
 * @param length {@link #FOR_GOOD} for a peer that does not come back: a half-open connection
 */
public record Freeze(Side side, Duration at, Duration length) {

    /** Longer than any call. */
    public static final Duration FOR_GOOD = Duration.ofDays(1);

    public Freeze {
        if (at.isNegative()) {
            throw new IllegalArgumentException("freeze at: " + at + " (expected: zero or later)");
        }
        if (!length.isPositive()) {
            throw new IllegalArgumentException("freeze length: " + length + " (expected: more than zero)");
        }
    }

    Duration end() {
        return at.plus(length);
    }

    /** What stands still. */
    public enum Side {
        /** Nothing is read: the server's writes stall when the kernel's buffers are full. */
        READING,
        /** Nothing is sent. */
        SENDING,
        /** Neither; the connection is half-open, and only its socket is there. */
        BOTH;

        boolean stopsReading() {
            return this != SENDING;
        }

        boolean stopsSending() {
            return this != READING;
        }
    }
}
