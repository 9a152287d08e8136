package io.steadyline.offenders.otel;

import java.util.logging.Logger;

/** A second way to log. */
public final class TelemetryWithJdkLogging {
    void log() {
        Logger.getLogger("telemetry").info("exported");
    }
}
