/**
 * The command line. Each subcommand is one class; exit codes are in {@link io.steadyline.bootstrap.cli.ExitCode}.
 *
 * <p>Open first: {@link io.steadyline.bootstrap.cli.SteadylineCommand}. Runs on the main thread.
 */
@NullMarked
package io.steadyline.bootstrap.cli;

import org.jspecify.annotations.NullMarked;
