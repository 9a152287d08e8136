/**
 * What is said at the call's borders: events from the telephony side, the recogniser and the agent, commands to them,
 * and the moments of a call that observers hear of. Values only; any thread.
 *
 * <p>Open first: {@link io.steadyline.signal.PeerEvent} and {@link io.steadyline.signal.CallMoment}.
 */
@NullMarked
package io.steadyline.signal;

import org.jspecify.annotations.NullMarked;
