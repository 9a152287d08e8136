/** The few functions of the kernel that Java has no public way to, by the foreign function interface. Linux only. */
@NullMarked
package io.steadyline.posix;

import org.jspecify.annotations.NullMarked;
