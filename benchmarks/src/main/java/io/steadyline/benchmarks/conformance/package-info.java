/**
 * Tests of the product from outside that take minutes and tools of others, and so are no part of the build: the Autobahn suite
 * against the product's WebSocket, and a fuzzer on its decoders. The tools come from the Maven repository of this machine's
 * choice when they are first asked for.
 *
 * <p>Run by {@code benchmarks/run autobahn} and {@code benchmarks/run fuzz}; open first:
 * {@link io.steadyline.benchmarks.conformance.Autobahn}.
 */
@NullMarked
package io.steadyline.benchmarks.conformance;

import org.jspecify.annotations.NullMarked;
