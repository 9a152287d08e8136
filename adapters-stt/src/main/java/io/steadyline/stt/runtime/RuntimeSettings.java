package io.steadyline.stt.runtime;

import io.steadyline.stt.builtin.BuiltinSettings;
import java.time.Duration;

/**
 * Times and bounds of all vendors' sessions.
 *
 * @param connectTimeout from asking for a connection until audio is welcome on it
 * @param sendTimeout a message that is not out of our hands after so long: the peer does not read
 * @param resultTimeout a vendor that was sent speech and said nothing for so long is stuck
 * @param finalTimeout after the end of an utterance the final is awaited so long, then the interim text is promoted
 * @param drain after the end of input the last finals are awaited so long
 * @param retryBudget tries with one vendor end after so long, then the next vendor has its turn
 * @param breakerOpen a vendor that failed for all is left alone for so long
 * @param returnAfter back from another vendor to a better one, not before; zero: never
 * @param replay audio without an answer that is kept for another connection
 * @param connectsPerSecond connections with one vendor that are begun in a second, over all calls
 */
public record RuntimeSettings(
        Duration connectTimeout,
        Duration sendTimeout,
        Duration resultTimeout,
        Duration finalTimeout,
        Duration drain,
        Duration retryBudget,
        Duration breakerOpen,
        Duration returnAfter,
        Duration replay,
        int connectsPerSecond,
        BuiltinSettings ears) {

    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Reasons: what peers' users met, see docs/speech-to-text.md. */
    public static final RuntimeSettings DEFAULT = new RuntimeSettings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofMillis(1_500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(3),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(15),
            100,
            BuiltinSettings.DEFAULT);

    public RuntimeSettings {
        check("connectTimeout", connectTimeout, Duration.ofMillis(50));
        check("sendTimeout", sendTimeout, Duration.ofMillis(50));
        check("resultTimeout", resultTimeout, Duration.ofMillis(100));
        check("finalTimeout", finalTimeout, Duration.ofMillis(50));
        check("drain", drain, Duration.ofMillis(50));
        check("retryBudget", retryBudget, Duration.ZERO);
        check("breakerOpen", breakerOpen, Duration.ofMillis(100));
        check("returnAfter", returnAfter, Duration.ZERO);
        check("replay", replay, Duration.ofSeconds(1));
        if (connectsPerSecond < 1 || connectsPerSecond > 1_000) {
            throw new IllegalArgumentException("connectsPerSecond: " + connectsPerSecond + " (expected: 1 to 1000)");
        }
    }

    private static void check(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + LONGEST + ")");
        }
    }

    /** The same with other ears. */
    public RuntimeSettings hearingWith(BuiltinSettings others) {
        return new RuntimeSettings(
                connectTimeout,
                sendTimeout,
                resultTimeout,
                finalTimeout,
                drain,
                retryBudget,
                breakerOpen,
                returnAfter,
                replay,
                connectsPerSecond,
                others);
    }
}
