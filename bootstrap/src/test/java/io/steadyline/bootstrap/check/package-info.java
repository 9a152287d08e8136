/** The verdict of the production check. */
@NullMarked
package io.steadyline.bootstrap.check;

import org.jspecify.annotations.NullMarked;
