/**
 * The process's recogniser, made from the settings.
 *
 * <p>Open first: {@link io.steadyline.bootstrap.speech.Recognisers}. Any thread; called at the start.
 */
@NullMarked
package io.steadyline.bootstrap.speech;

import org.jspecify.annotations.NullMarked;
