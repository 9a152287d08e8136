/**
 * OpenTelemetry traces and metrics, and the Prometheus page, behind {@code port.CallObserver}.
 *
 * <p>Open first: {@link io.steadyline.otel.Telemetry}, then {@link io.steadyline.otel.TelemetryObserver}, which says what
 * the media loop pays.
 *
 * <p>The observer's methods run on the media loop. Collecting and exporting run on OpenTelemetry's own daemon threads, the
 * Prometheus page on the thread that asks for it; both only read what the loop has written.
 */
@NullMarked
package io.steadyline.otel;

import org.jspecify.annotations.NullMarked;
