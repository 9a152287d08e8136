/**
 * What each hot step costs: one class a step, one operation a frame unless its name says otherwise. Time comes in as an argument, as in
 * the product, so that nothing here waits. Single thread.
 *
 * <p>Run by {@code benchmarks/run jmh}; open first: {@link io.steadyline.benchmarks.hot.MessageBenchmark}.
 */
@NullMarked
package io.steadyline.benchmarks.hot;

import org.jspecify.annotations.NullMarked;
