package io.steadyline.port;

import java.time.Instant;
import java.util.Optional;

/** The process as the control plane sees it. Any thread; returns at once. */
public interface ServerControl {

    /**
     * What runs here.
     *
     * @param bootId new with every start of the process
     * @param appSha revision that was deployed, from {@code APP_SHA}; "unknown" when not given
     */
    record ServerInfo(
            String version,
            String bootId,
            String appSha,
            long pid,
            Instant startedAt,
            String javaVersion,
            int maxCalls) {}

    /**
     * A drain that lasts.
     *
     * @param since no new calls are taken
     * @param reason who wanted it and what for; untrusted text
     * @param deadline when calls that are left are ended; only there when the process is stopping
     */
    record Drain(Instant since, String reason, Optional<Instant> deadline) {}

    /**
     * What became of the wish for another version.
     *
     * @param accepted the hand-over has begun; another boot answers soon, or this one goes on
     * @param why one sentence: what happens now, or what stands in the way
     */
    record UpgradeAnswer(boolean accepted, String why) {

        public static UpgradeAnswer accepted(String why) {
            return new UpgradeAnswer(true, why);
        }

        public static UpgradeAnswer refused(String why) {
            return new UpgradeAnswer(false, why);
        }
    }

    ServerInfo info();

    boolean isDraining();

    /** Empty while new calls are taken. */
    Optional<Drain> drain();

    /** Whether live calls outlive this process, for people: such as {@code no} or {@code yes (keeper)}. */
    String callsSurvive();

    /** On: not ready, no new calls, running ones go on. Off: takes calls again, unless the process is already stopping. */
    void setDraining(boolean draining, String why);

    /**
     * Asks for a successor that takes over the live calls. Returns at once: when it was accepted, another boot answers a
     * little later.
     *
     * @param jar file of the version that takes over, on this machine; empty: the one that is installed now. Untrusted
     */
    default UpgradeAnswer requestUpgrade(Optional<String> jar) {
        return UpgradeAnswer.refused("nobody holds the sockets: start with --keep-calls");
    }
}
