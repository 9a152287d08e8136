/**
 * Every setting of the gateway: declared once, read from one file and the environment, checked as a whole at start.
 *
 * <p>Open first: {@link io.steadyline.bootstrap.config.Catalogue}, the table of all settings, then
 * {@link io.steadyline.bootstrap.config.Settings}, what the rest of the program is given. Values only, made on the main
 * thread before anything else runs.
 */
@NullMarked
package io.steadyline.bootstrap.config;

import org.jspecify.annotations.NullMarked;
