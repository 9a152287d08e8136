/** Tests of the telemetry adapter against real OTLP receivers on loopback. Open first: {@link TracesTest}. */
@NullMarked
package io.steadyline.otel;

import org.jspecify.annotations.NullMarked;
