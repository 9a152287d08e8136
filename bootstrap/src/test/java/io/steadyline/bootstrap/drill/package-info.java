/** The parts of the drills, and the quick ones against real processes. */
@NullMarked
package io.steadyline.bootstrap.drill;

import org.jspecify.annotations.NullMarked;
