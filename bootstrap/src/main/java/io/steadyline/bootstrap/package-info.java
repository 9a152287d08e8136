/**
 * The process: configuration, wiring, life cycle, command line. The one module that knows all others.
 *
 * <p>Open first: {@link io.steadyline.bootstrap.Main}. Runs on the main thread.
 */
@NullMarked
package io.steadyline.bootstrap;

import org.jspecify.annotations.NullMarked;
