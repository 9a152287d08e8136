/**
 * A thousand calls and more from one core, against any media server whose agent echoes: how exactly does each frame come back, and
 * what does a call cost the server?
 *
 * <p>Open first: {@link io.steadyline.simulator.load.LoadTest}, then {@link io.steadyline.simulator.load.LoadCall}. Everything runs on
 * the one thread that called {@link io.steadyline.simulator.load.LoadTest#run}; nothing is allocated for a frame. The calls of {@link
 * io.steadyline.simulator.Simulator} see much more of a call and cost ten times as much.
 */
@NullMarked
package io.steadyline.simulator.load;

import org.jspecify.annotations.NullMarked;
