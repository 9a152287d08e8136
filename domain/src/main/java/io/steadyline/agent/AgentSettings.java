package io.steadyline.agent;

import io.steadyline.media.AudioClip;
import java.time.Duration;
import java.util.Optional;

/**
 * What all calls have in common in waiting for their bots.
 *
 * @param filler what the caller hears, over and over, while no bot is there and nothing else plays; absent: silence
 * @param fillerAfter how long no bot must have been there before it
 * @param waitLimit how long a call waits for a bot, at its start and after each loss, before it is given up
 * @param farewell what the caller hears before the call is given up; absent: nothing
 * @param replay caller audio that is kept for the next bot
 * @param buffer agent audio that may wait to be played before its source is asked to wait
 */
public record AgentSettings(
        Optional<AudioClip> filler,
        Duration fillerAfter,
        Duration waitLimit,
        Optional<AudioClip> farewell,
        Duration replay,
        Duration buffer) {

    public static final AgentSettings DEFAULT = new AgentSettings(
            Optional.empty(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Optional.empty(),
            Duration.ofSeconds(10),
            Duration.ofSeconds(120));

    public AgentSettings {
        requireRange("fillerAfter", fillerAfter, Duration.ZERO, Duration.ofMinutes(1));
        requireRange("waitLimit", waitLimit, Duration.ofMillis(100), Duration.ofHours(1));
        requireRange("replay", replay, Duration.ZERO, Duration.ofMinutes(2));
        requireRange("buffer", buffer, Duration.ofSeconds(1), Duration.ofMinutes(30));
    }

    private static void requireRange(String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(name + ": " + value.toMillis() + " ms (expected: " + min.toMillis()
                    + " to " + max.toMillis() + " ms)");
        }
    }
}
