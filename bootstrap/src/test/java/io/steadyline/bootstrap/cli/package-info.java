/** The command line as its user meets it. */
@NullMarked
package io.steadyline.bootstrap.cli;

import org.jspecify.annotations.NullMarked;
