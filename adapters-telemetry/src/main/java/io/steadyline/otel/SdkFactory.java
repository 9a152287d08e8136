package io.steadyline.otel;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.resources.Resource;
import io.steadyline.telemetry.Metric;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Builds the SDK from the standard variables; nothing global is set, no shutdown hook is left. */
final class SdkFactory {

    private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");

    private SdkFactory() {}

    /** @throws IllegalArgumentException when a variable has a value that the SDK does not take */
    static OpenTelemetrySdk build(
            TelemetrySettings settings,
            OtelSwitches switches,
            @Nullable PrometheusMetricReader page,
            LongAdder failedTraceExports,
            LongAdder failedMetricExports) {
        Map<String, String> environment = settings.environment();
        switches.refuseWhatGrpcCannot(environment);
        try {
            return AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesCustomizer(config -> switches.properties(environment))
                    .addResourceCustomizer((resource, config) -> withDefaults(resource, settings))
                    .addSpanExporterCustomizer(
                            (exporter, config) -> new CountingSpanExporter(exporter, failedTraceExports))
                    .addMetricExporterCustomizer(
                            (exporter, config) -> new CountingMetricExporter(exporter, failedMetricExports))
                    .addMeterProviderCustomizer((builder, config) -> withPage(withOwnNamesOnly(builder), page))
                    .build()
                    .getOpenTelemetrySdk();
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException("OpenTelemetry settings: " + e.getMessage(), e);
        }
    }

    /** What the variables name themselves wins. */
    private static Resource withDefaults(Resource resource, TelemetrySettings settings) {
        Attributes own = Attributes.builder()
                .put("service.version", settings.version())
                .put("service.instance.id", settings.bootId())
                .build();
        String name = resource.getAttribute(SERVICE_NAME);
        boolean unnamed = name == null || name.startsWith("unknown_service");
        Resource named =
                unnamed ? resource.merge(Resource.create(Attributes.of(SERVICE_NAME, "steadyline"))) : resource;
        return Resource.create(own).merge(named);
    }

    /** Of the SDK's metrics about itself, the spans lost by a full export queue are worth a name of ours. */
    private static SdkMeterProviderBuilder withOwnNamesOnly(SdkMeterProviderBuilder builder) {
        InstrumentSelector spans = InstrumentSelector.builder()
                .setMeterName("io.opentelemetry.sdk.trace")
                .setName("processedSpans")
                .build();
        View renamed = View.builder()
                .setName(Metric.TELEMETRY_SPANS.otelName())
                .setDescription(Metric.TELEMETRY_SPANS.sentence())
                .setAttributeFilter(Set.of("dropped"))
                .build();
        builder.registerView(spans, renamed);
        View forgotten = View.builder().setAggregation(Aggregation.drop()).build();
        builder.registerView(InstrumentSelector.builder().setName("queueSize").build(), forgotten);
        builder.registerView(InstrumentSelector.builder().setName("otlp.*").build(), forgotten);
        return builder;
    }

    private static SdkMeterProviderBuilder withPage(
            SdkMeterProviderBuilder builder, @Nullable PrometheusMetricReader page) {
        return page == null ? builder : builder.registerMetricReader(page);
    }
}
