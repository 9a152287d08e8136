/**
 * A session's way out. Open first: {@link io.steadyline.stt.event.EventOut}. Used by the thread of the session.
 */
@NullMarked
package io.steadyline.stt.event;

import org.jspecify.annotations.NullMarked;
