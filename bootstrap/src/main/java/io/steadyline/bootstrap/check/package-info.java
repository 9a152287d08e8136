/**
 * The production check (R19): one call, every second of it judged from inside and outside, GO or NO-GO.
 *
 * <p>Open first: {@link io.steadyline.bootstrap.check.ProductionCheck}. Runs on the caller's thread.
 */
@NullMarked
package io.steadyline.bootstrap.check;

import org.jspecify.annotations.NullMarked;
