/**
 * The built-in agents, for checks and benchmarks. They run on the media loop.
 *
 * <p>Open first: {@link io.steadyline.bootstrap.agent.EchoAgent}.
 */
@NullMarked
package io.steadyline.bootstrap.agent;

import org.jspecify.annotations.NullMarked;
