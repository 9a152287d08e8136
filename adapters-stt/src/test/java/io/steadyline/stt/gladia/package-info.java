/** Tests of what is said to Gladia and what it says. */
@NullMarked
package io.steadyline.stt.gladia;

import org.jspecify.annotations.NullMarked;
