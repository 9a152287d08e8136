/** Tests of what connects this boot with those before and after it. */
@NullMarked
package io.steadyline.bootstrap.continuity;

import org.jspecify.annotations.NullMarked;
