/**
 * Faults that the demo can cause on purpose, to show what the gateway makes of them. Never active unless asked for.
 *
 * <p>Open first: {@link io.steadyline.bootstrap.fault.Fault}.
 */
@NullMarked
package io.steadyline.bootstrap.fault;

import org.jspecify.annotations.NullMarked;
