/**
 * Which recognisers a call gets, and with which options: by the operator's list and rules, and by what the call itself asks
 * for within an allow-list.
 *
 * <p>Open first: {@link io.steadyline.stt.choice.Chooser}. Pure; any thread.
 */
@NullMarked
package io.steadyline.stt.choice;

import org.jspecify.annotations.NullMarked;
