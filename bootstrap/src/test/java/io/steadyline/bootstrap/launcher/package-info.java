/** The shell scripts at the top level, run as a user runs them, with directories that look like JDKs. */
@NullMarked
package io.steadyline.bootstrap.launcher;

import org.jspecify.annotations.NullMarked;
