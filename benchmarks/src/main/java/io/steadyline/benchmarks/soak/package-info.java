/**
 * The soak: a long mixed load on one packaged gateway behind its keeper, with calls that stay, calls that come and go and calls that lose
 * their socket, and what the processes hold before, meanwhile and after.
 *
 * <p>Open first: {@link io.steadyline.benchmarks.soak.Soak}. The gateway is a process; the loads run on threads of their own, the looks at
 * the processes on the main thread.
 */
@NullMarked
package io.steadyline.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
