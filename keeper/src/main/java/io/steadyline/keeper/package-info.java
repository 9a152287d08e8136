/**
 * The keeper: a parent process that holds duplicates of the worker's sockets, waits for its one worker, and starts the
 * next one. It reads no byte of a call and knows nothing of calls.
 */
@NullMarked
package io.steadyline.keeper;

import org.jspecify.annotations.NullMarked;
