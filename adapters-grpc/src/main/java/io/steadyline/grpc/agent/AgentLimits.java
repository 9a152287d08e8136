package io.steadyline.grpc.agent;

import java.time.Duration;

/**
 * What bots may use up.
 *
 * @param maxBots registered at the same time
 * @param offerTime for the answer to an offer and the call's stream together
 * @param askLastFor how long a bot that let an offer time out is asked after all others
 * @param backlogAudio caller audio that may wait for a bot to read it, beside what is replayed to it
 * @param backlogEvents the same of events
 */
public record AgentLimits(
        int maxBots, Duration offerTime, Duration askLastFor, Duration backlogAudio, int backlogEvents) {

    public static final AgentLimits DEFAULTS =
            new AgentLimits(1_000, Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofSeconds(10), 2_048);

    public AgentLimits {
        requireRange("maxBots", maxBots, 1, 100_000);
        requireRange("offerTime (ms)", offerTime.toMillis(), 50, 60_000);
        requireRange("askLastFor (ms)", askLastFor.toMillis(), 0, 3_600_000);
        requireRange("backlogAudio (ms)", backlogAudio.toMillis(), 100, 120_000);
        requireRange("backlogEvents", backlogEvents, 16, 65_536);
    }

    /** @param time for the answer to an offer and the call's stream together */
    public AgentLimits withOfferTime(Duration time) {
        return new AgentLimits(maxBots, time, askLastFor, backlogAudio, backlogEvents);
    }

    private static void requireRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + " to " + max + ")");
        }
    }
}
