/**
 * The other end of the admin service, for the command line and for tests.
 *
 * <p>Open first: {@link io.steadyline.grpc.client.AdminClient}. Calls block the thread that makes them; none of this runs
 * in a serving process.
 */
@NullMarked
package io.steadyline.grpc.client;

import org.jspecify.annotations.NullMarked;
