/**
 * What all vendors' recognisers have in common: audio kept from the first frame, one message at a time within a deadline,
 * keep-alive, retry, fail-over with the audio that nobody answered for, roll-over before a vendor's limit, and a close that
 * always comes.
 *
 * <p>Open first: {@link io.steadyline.stt.runtime.Recognition}, one call's session as a state machine on given time, with
 * {@link io.steadyline.stt.runtime.Connections} for what happens to connections and {@link io.steadyline.stt.runtime.Words} for
 * what becomes of the audio; then {@link io.steadyline.stt.runtime.SttRuntime}, which gives all sessions their turns on its one
 * thread, {@code stt-vendors}.
 */
@NullMarked
package io.steadyline.stt.runtime;

import org.jspecify.annotations.NullMarked;
