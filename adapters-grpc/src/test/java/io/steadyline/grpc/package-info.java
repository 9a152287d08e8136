/** Real servers and clients over loopback sockets, with a fake directory of calls behind them. */
@NullMarked
package io.steadyline.grpc;

import org.jspecify.annotations.NullMarked;
