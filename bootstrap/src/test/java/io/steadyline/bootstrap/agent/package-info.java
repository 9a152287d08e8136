/** The built-in agents. */
@NullMarked
package io.steadyline.bootstrap.agent;

import org.jspecify.annotations.NullMarked;
