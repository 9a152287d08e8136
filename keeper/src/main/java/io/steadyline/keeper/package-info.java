/**
 * The keeper: a parent process that holds duplicates of the worker's sockets, waits for its one worker, and starts the
 * next one. It reads no byte of a call and knows nothing of calls. As the parent it is also the witness that knows how
 * the worker died.
 *
 * <p>Open first: {@link io.steadyline.keeper.KeeperMain} for how it is called, {@link io.steadyline.keeper.Keeper} for what
 * it does, {@link io.steadyline.keeper.KeeperMessage} for what it and the worker say to each other.
 *
 * <p>Threads: main starts workers and waits for them; one thread for each worker reads its messages; the Java machine has
 * one for each signal that comes.
 */
@NullMarked
package io.steadyline.keeper;

import org.jspecify.annotations.NullMarked;
