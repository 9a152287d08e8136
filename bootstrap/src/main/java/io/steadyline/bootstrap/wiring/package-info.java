/**
 * Puts the parts together, by Dagger: one component for the process, one for each call. The only place that knows all
 * modules.
 *
 * <p>Open first: {@link io.steadyline.bootstrap.wiring.GatewayComponent}.
 */
@NullMarked
package io.steadyline.bootstrap.wiring;

import org.jspecify.annotations.NullMarked;
