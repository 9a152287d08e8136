/** Tests of the drills: those that are quick are run, against a gateway in a process of its own. */
@NullMarked
package io.steadyline.bootstrap.drill;

import org.jspecify.annotations.NullMarked;
