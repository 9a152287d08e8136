/** Tests of what all vendors' recognisers have in common: on simulated time, with simulated vendors. */
@NullMarked
package io.steadyline.stt.runtime;

import org.jspecify.annotations.NullMarked;
