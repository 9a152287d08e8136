/**
 * A vendor's dialect tried without sockets: what it hears, what it sends, and a straight line between it and its peer. Open
 * first {@link io.steadyline.stt.dialog.DirectLine}.
 */
@NullMarked
package io.steadyline.stt.dialog;

import org.jspecify.annotations.NullMarked;
