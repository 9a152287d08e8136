package io.steadyline.grpc;

import java.time.Duration;

/**
 * What clients of the control plane may use up.
 *
 * @param maxMessageBytes of one request
 * @param minKeepAlive a client that pings more often is disconnected
 * @param maxCallsPerConnection calls at the same time on one connection
 * @param maxWatches watches at the same time; each costs the media loop one offer a call and second
 * @param watchOneRecords how far the reader of one call's watch may fall behind, in records (seconds)
 * @param watchAllRecords how far the reader of all calls may fall behind, in records
 * @param stopGrace how long {@code close} waits for calls in progress
 */
public record GrpcLimits(
        int maxMessageBytes,
        Duration minKeepAlive,
        int maxCallsPerConnection,
        int maxWatches,
        int watchOneRecords,
        int watchAllRecords,
        Duration stopGrace) {

    public static final GrpcLimits DEFAULTS =
            new GrpcLimits(1 << 20, Duration.ofSeconds(30), 100, 32, 256, 4096, Duration.ofSeconds(2));

    public GrpcLimits {
        requireRange("maxMessageBytes", maxMessageBytes, 1024, 16 << 20);
        requireRange("maxCallsPerConnection", maxCallsPerConnection, 1, 10_000);
        requireRange("maxWatches", maxWatches, 1, 1024);
        requireRange("watchOneRecords", watchOneRecords, 1, 4096);
        requireRange("watchAllRecords", watchAllRecords, 1, 65_536);
        requireRange("minKeepAlive (s)", minKeepAlive.toSeconds(), 1, 3600);
        requireRange("stopGrace (ms)", stopGrace.toMillis(), 0, 60_000);
    }

    private static void requireRange(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + min + " to " + max + ")");
        }
    }
}
