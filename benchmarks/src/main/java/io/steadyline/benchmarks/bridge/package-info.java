/**
 * A yardstick: the least that the same job can be done with, on Undertow's WebSocket API and one thread. Echoes each call's audio through
 * a bounded queue, a 20 ms cadence and a second queue; has no recogniser, no agent, no telemetry, no limits, no records.
 *
 * <p>Open first: {@link io.steadyline.benchmarks.bridge.EchoBridge}. Everything runs on the one I/O thread.
 */
@NullMarked
package io.steadyline.benchmarks.bridge;

import org.jspecify.annotations.NullMarked;
