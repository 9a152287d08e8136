/**
 * Faults on purpose: starts the real launcher, places calls as a provider does, breaks something, and says what was seen
 * and what was lost. Loopback only, bounded in time; ends only processes that it has started.
 *
 * <p>Open first: {@link io.steadyline.bootstrap.drill.Drill}. One thread runs a drill from its beginning to its end.
 */
@NullMarked
package io.steadyline.bootstrap.drill;

import org.jspecify.annotations.NullMarked;
