package io.steadyline.telemetry;

import java.util.List;

/**
 * The result of the production check (R19).
 *
 * @param findings why not; empty exactly when {@code go}; at most 100
 * @param secondsJudged full seconds that were looked at
 */
public record GoNoGo(boolean go, int secondsJudged, List<Finding> findings) {
    public GoNoGo {
        findings = List.copyOf(findings);
    }
}
