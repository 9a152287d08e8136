package io.steadyline.port;

import java.time.Instant;

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

    ServerInfo info();

    boolean isDraining();

    /** On: not ready, no new calls, running ones go on. Off: takes calls again, unless the process is already stopping. */
    void setDraining(boolean draining, String why);
}
