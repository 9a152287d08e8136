/** Tests of what is said to Speechmatics and what it says. */
@NullMarked
package io.steadyline.stt.speechmatics;

import org.jspecify.annotations.NullMarked;
