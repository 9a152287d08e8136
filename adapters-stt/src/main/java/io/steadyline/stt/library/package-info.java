/**
 * Recognisers that are a library of this process: whatever they do, and however long it takes, no call waits for them.
 *
 * <p>Open first: {@link io.steadyline.stt.library.LibraryLinks}. What one connection asks for is done in order, by one thread
 * of a small pool at a time.
 */
@NullMarked
package io.steadyline.stt.library;

import org.jspecify.annotations.NullMarked;
