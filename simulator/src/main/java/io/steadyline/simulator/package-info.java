/**
 * The provider's side of Twilio Media Streams: places calls to a media server and reports what came back. Shares no code
 * with the gateway, so that a misreading of the protocol on one side is seen by the other.
 *
 * <p>Open first: {@link io.steadyline.simulator.Simulator}, then {@link io.steadyline.simulator.CallPlan} and {@link
 * io.steadyline.simulator.CallReport}; for many calls {@link io.steadyline.simulator.Fleet}. All calls of one simulator
 * run on its one thread; plans and reports are values. What is around the streams of a phone call is in {@link
 * io.steadyline.simulator.voice}.
 */
@NullMarked
package io.steadyline.simulator;

import org.jspecify.annotations.NullMarked;
