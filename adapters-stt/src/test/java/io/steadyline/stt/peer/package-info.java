/**
 * The vendors' side over real sockets, for tests: honest servers that speak each vendor's messages, recognise numbered
 * audio, and misbehave when they are told to.
 */
@NullMarked
package io.steadyline.stt.peer;

import org.jspecify.annotations.NullMarked;
