/**
 * The whole gateway over real sockets: the simulator plays the provider, and raw sockets play those who are not as
 * well-behaved. Open first: {@link io.steadyline.bootstrap.system.RunningGateway}. Tests run on their own thread; the
 * gateway and the simulator bring theirs.
 */
@NullMarked
package io.steadyline.bootstrap.system;

import org.jspecify.annotations.NullMarked;
