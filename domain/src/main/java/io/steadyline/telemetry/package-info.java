/**
 * What is measured of a call, second by second, and what it means: records, the log lines, verdicts, GO or NO-GO.
 * Values and pure functions; any thread.
 *
 * <p>Open first: {@link io.steadyline.telemetry.CallSecond} and {@link io.steadyline.telemetry.GoNoGo}.
 */
@NullMarked
package io.steadyline.telemetry;

import org.jspecify.annotations.NullMarked;
