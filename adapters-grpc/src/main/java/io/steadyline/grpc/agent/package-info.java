/**
 * The door for bots that come over gRPC ({@code steadyline.agent.v1}): they register, are offered calls, and open one stream
 * for each call that they take.
 *
 * <p>Open first: {@link io.steadyline.grpc.agent.GrpcAgentDoor}, then {@link io.steadyline.grpc.agent.AgentSearch}, which
 * finds a bot for a call, and {@link io.steadyline.grpc.agent.AttendStream} with {@link io.steadyline.grpc.agent.GrpcLeg}, the
 * two directions of a call's stream. Registrations, offers and searches belong to the door's one thread; what bots say of a
 * call is handled by the control plane's handlers, and what they are told is written by the door's leg threads. The media loop
 * only puts into queues here.
 */
@NullMarked
package io.steadyline.grpc.agent;

import org.jspecify.annotations.NullMarked;
