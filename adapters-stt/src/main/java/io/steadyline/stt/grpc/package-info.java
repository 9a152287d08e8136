/**
 * Connections of vendors that speak gRPC: one long call in both directions, whose messages are bytes to us.
 *
 * <p>Open first: {@link io.steadyline.stt.grpc.GrpcTransport}. All events of all calls of one {@link
 * io.steadyline.stt.grpc.GrpcChannels} come from its one thread, {@code stt-grpc}; what may block, such as a token that has
 * to be fetched, runs on virtual threads.
 */
@NullMarked
package io.steadyline.stt.grpc;

import org.jspecify.annotations.NullMarked;
