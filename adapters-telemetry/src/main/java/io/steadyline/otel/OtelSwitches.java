package io.steadyline.otel;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the standard variables switch on. Differs from the SDK's defaults in one thing: without an endpoint or an exporter
 * that somebody asked for, nothing is exported.
 *
 * @param disabled {@code OTEL_SDK_DISABLED}
 * @param traces names of trace exporters, comma separated, or {@code none}
 * @param metrics names of metric exporters, comma separated, or {@code none}
 * @param prometheusPage the metrics page is kept
 */
record OtelSwitches(boolean disabled, String traces, String metrics, boolean prometheusPage) {

    private static final String NONE = "none";
    private static final String PROMETHEUS = "prometheus";
    private static final List<String> CERTIFICATES = List.of(
            "OTEL_EXPORTER_OTLP_CERTIFICATE", "OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", "OTEL_EXPORTER_OTLP_CLIENT_KEY");

    static OtelSwitches of(Map<String, String> environment, boolean prometheusPage) {
        boolean disabled = value(environment, "OTEL_SDK_DISABLED").equalsIgnoreCase("true");
        String metrics = exporters(environment, "METRICS");
        // The SDK would open a port of its own for it; the gateway's server has the page.
        boolean prometheusAsked = names(metrics).contains(PROMETHEUS);
        return new OtelSwitches(
                disabled,
                disabled ? NONE : exporters(environment, "TRACES"),
                disabled ? NONE : withoutPrometheus(metrics),
                !disabled && (prometheusPage || prometheusAsked));
    }

    boolean exportsTraces() {
        return !traces.equals(NONE);
    }

    boolean exportsMetrics() {
        return !metrics.equals(NONE);
    }

    boolean needsSdk() {
        return exportsTraces() || exportsMetrics() || prometheusPage;
    }

    /** The variables as properties of the SDK, with the exporters decided here. */
    Map<String, String> properties(Map<String, String> environment) {
        Map<String, String> properties = new HashMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith("OTEL_") && !value.isBlank()) {
                properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        properties.put("otel.traces.exporter", traces);
        properties.put("otel.metrics.exporter", metrics);
        properties.put("otel.logs.exporter", NONE);
        return properties;
    }

    /** The gRPC sender has no way to take certificates: better to say so than to connect without them. */
    void refuseWhatGrpcCannot(Map<String, String> environment) {
        for (String name : CERTIFICATES) {
            for (String signal : List.of("", "TRACES_", "METRICS_")) {
                String full = name.replace("OTLP_", "OTLP_" + signal);
                if (!value(environment, full).isEmpty() && speaksGrpc(environment, signal)) {
                    throw new IllegalArgumentException(full + ": '" + value(environment, full)
                            + "' (expected: unset with OTLP over gRPC, which takes the JVM's trust store only; or set"
                            + " OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf)");
                }
            }
        }
    }

    private boolean speaksGrpc(Map<String, String> environment, String signal) {
        return switch (signal) {
            case "TRACES_" -> exportsTraces() && protocol(environment, signal).equals("grpc");
            case "METRICS_" -> exportsMetrics() && protocol(environment, signal).equals("grpc");
            default -> speaksGrpc(environment, "TRACES_") || speaksGrpc(environment, "METRICS_");
        };
    }

    private static String protocol(Map<String, String> environment, String signal) {
        String own = value(environment, "OTEL_EXPORTER_OTLP_" + signal + "PROTOCOL");
        String shared = value(environment, "OTEL_EXPORTER_OTLP_PROTOCOL");
        return !own.isEmpty() ? own : shared.isEmpty() ? "grpc" : shared;
    }

    private static String exporters(Map<String, String> environment, String signal) {
        String named = value(environment, "OTEL_" + signal + "_EXPORTER");
        if (!named.isEmpty()) {
            return named;
        }
        boolean endpointKnown =
                !value(environment, "OTEL_EXPORTER_OTLP_ENDPOINT").isEmpty()
                        || !value(environment, "OTEL_EXPORTER_OTLP_" + signal + "_ENDPOINT")
                                .isEmpty();
        return endpointKnown ? "otlp" : NONE;
    }

    private static String withoutPrometheus(String exporters) {
        List<String> others = names(exporters).stream()
                .filter(name -> !name.equals(PROMETHEUS))
                .toList();
        return others.isEmpty() ? NONE : String.join(",", others);
    }

    private static List<String> names(String exporters) {
        return Arrays.stream(exporters.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** A variable that is set but empty counts as not set, as the specification says. */
    private static String value(Map<String, String> environment, String name) {
        return environment.getOrDefault(name, "").strip();
    }
}
