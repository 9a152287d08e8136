/** Bots over real sockets of this machine against the door, and what is behind it as fakes. */
@NullMarked
package io.steadyline.grpc.agent;

import org.jspecify.annotations.NullMarked;
