/** The client against a real server over loopback sockets. */
@NullMarked
package io.steadyline.grpc.client;

import org.jspecify.annotations.NullMarked;
