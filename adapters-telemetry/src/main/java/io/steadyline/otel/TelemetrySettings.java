package io.steadyline.otel;

import java.util.Map;

/**
 * What telemetry is started with.
 *
 * @param environment the process environment; only the standard {@code OTEL_*} variables are read
 * @param prometheusPage metrics are kept for {@link Telemetry#prometheusText}, whether or not they are exported as well
 * @param includeTranscripts spans carry what was said, pressed and told by vendors: personal data
 * @param version of the gateway, as {@code service.version}
 * @param bootId of this run of the process, as {@code service.instance.id}
 */
public record TelemetrySettings(
        Map<String, String> environment,
        boolean prometheusPage,
        boolean includeTranscripts,
        String version,
        String bootId) {

    public TelemetrySettings {
        environment = Map.copyOf(environment);
    }
}
