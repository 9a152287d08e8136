/** Faults on purpose. */
@NullMarked
package io.steadyline.bootstrap.fault;

import org.jspecify.annotations.NullMarked;
