package io.steadyline.stt.runtime;

import java.time.Duration;

/**
 * Times of the runtime, the same for all vendors.
 *
 * @param connectTimeout from the beginning of a connection until audio is welcome
 * @param sendTimeout a message that has not left after so long: the vendor takes nothing
 * @param resultTimeout speech for so long without a word: the vendor says nothing
 * @param retryBudget how long one vendor is tried again before the next one is asked
 * @param breakerOpen how long calls keep away from a vendor that failed
 * @param returnAfter how long a call stays with the next vendor before the first is tried again; zero: to its end
 * @param drain how long the end of a call waits for the vendor's last words
 * @param buffer audio that is kept while no connection takes any; beyond it the oldest is lost, and told as a gap
 * @param replay audio without a final that is sent again on the next connection
 */
public record RuntimeSettings(
        Duration connectTimeout,
        Duration sendTimeout,
        Duration resultTimeout,
        Duration retryBudget,
        Duration breakerOpen,
        Duration returnAfter,
        Duration drain,
        Duration buffer,
        Duration replay) {

    private static final Duration MIN = Duration.ofMillis(100);
    private static final Duration MAX = Duration.ofHours(1);

    public static final RuntimeSettings DEFAULT = new RuntimeSettings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(3),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15));

    public RuntimeSettings {
        require("connectTimeout", connectTimeout, MIN);
        require("sendTimeout", sendTimeout, MIN);
        require("resultTimeout", resultTimeout, MIN);
        require("retryBudget", retryBudget, Duration.ZERO);
        require("breakerOpen", breakerOpen, Duration.ZERO);
        require("returnAfter", returnAfter, Duration.ZERO);
        require("drain", drain, Duration.ZERO);
        require("buffer", buffer, MIN);
        require("replay", replay, Duration.ZERO);
    }

    /** A call that failed over tries its first vendor again. */
    public boolean returns() {
        return returnAfter.isPositive();
    }

    private static void require(String name, Duration value, Duration min) {
        if (value.compareTo(min) < 0 || value.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + " to " + MAX + ")");
        }
    }
}
