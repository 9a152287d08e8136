/**
 * The paced bridge: the packaged product and the yardsticks do the same job, one after the other, each alone on one core, with the load
 * tool on another one. Only ratios within one run mean something.
 *
 * <p>Open first: {@link io.steadyline.benchmarks.paced.PacedBridge}. Servers are processes; the load runs on the main thread.
 */
@NullMarked
package io.steadyline.benchmarks.paced;

import org.jspecify.annotations.NullMarked;
