/**
 * What connects this boot with those before and after it: the worker's lock, custody of the sockets, recorder, journal and
 * boot records, put together in the order of a start and of an end.
 *
 * <p>Open first: {@link io.steadyline.bootstrap.continuity.Continuity}. Opened and closed by the main thread.
 */
@NullMarked
package io.steadyline.bootstrap.continuity;

import org.jspecify.annotations.NullMarked;
