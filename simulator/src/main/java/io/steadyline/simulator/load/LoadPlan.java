package io.steadyline.simulator.load;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A load as it will be.
 *
 * @param media where the server listens, {@code ws://host:port/path}
 * @param calls at the same time
 * @param rampPerSecond calls that are dialled a second, until all are up
 * @param settle after the last call is up, before measuring begins
 * @param length of what is measured
 * @param headers extra fields of each upgrade request
 * @param serverPid process whose CPU and memory are looked at; on this machine
 * @param core whether the load tool may keep its core busy to be exact
 * @param mayLoadAnyHost without it only this machine's loopback is loaded
 */
public record LoadPlan(
        URI media,
        int calls,
        int rampPerSecond,
        Duration settle,
        Duration length,
        Set<Strain> strains,
        Map<String, String> headers,
        OptionalLong serverPid,
        Core core,
        boolean mayLoadAnyHost) {

    public static final int MOST_CALLS = 5_000;
    public static final Duration SETTLE = Duration.ofSeconds(2);

    private static final int MOST_CALLS_A_SECOND = 1_000;
    private static final Duration LONGEST = Duration.ofDays(1);

    public LoadPlan {
        require("calls", calls, 1, MOST_CALLS);
        require("ramp", rampPerSecond, 1, MOST_CALLS_A_SECOND);
        require("seconds", length.toSeconds(), 1, LONGEST.toSeconds());
        require("settle", settle.toSeconds(), 0, LONGEST.toSeconds());
        requireMediaUri(media);
        if (serverPid.isPresent() && serverPid.getAsLong() < 1) {
            throw new IllegalArgumentException("pid: " + serverPid.getAsLong() + " (expected: 1 or more)");
        }
        strains = Set.copyOf(strains);
        headers = Map.copyOf(headers);
    }

    /** One strain-free load against a server on this machine. */
    public static LoadPlan of(URI media, int calls, Duration length) {
        return new LoadPlan(
                media, calls, 50, SETTLE, length, Set.of(), Map.of(), OptionalLong.empty(), Core.SHARED, false);
    }

    /** The same, where it may do so much with its processor. */
    public LoadPlan on(Core itsCore) {
        return new LoadPlan(
                media, calls, rampPerSecond, settle, length, strains, headers, serverPid, itsCore, mayLoadAnyHost);
    }

    boolean has(Strain strain) {
        return strains.contains(strain);
    }

    private static void require(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }

    private static void requireMediaUri(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("ws") || uri.getHost() == null) {
            throw new IllegalArgumentException("url: " + uri + " (expected: ws://host:port/path; TLS is not spoken)");
        }
    }
}
