/** Tests of what is said to Soniox and what it says. */
@NullMarked
package io.steadyline.stt.soniox;

import org.jspecify.annotations.NullMarked;
