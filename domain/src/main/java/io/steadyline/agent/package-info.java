/**
 * A call and the bot that serves it from a process of its own: which may die and come back, or be replaced, while the caller
 * stays on the line. Knows no protocol: bots come through an {@link io.steadyline.port.AgentDoor}.
 *
 * <p>Open first: {@link io.steadyline.agent.Attachment}, one call's side of it. The media loop owns everything here; bots
 * only put into {@link io.steadyline.agent.Seat}.
 */
@NullMarked
package io.steadyline.agent;

import org.jspecify.annotations.NullMarked;
