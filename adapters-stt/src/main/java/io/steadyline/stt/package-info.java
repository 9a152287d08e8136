/**
 * Recognisers behind the speech port.
 *
 * <p>Open first: {@link io.steadyline.stt.Vendors}, then {@link io.steadyline.stt.vendor.Vendor}.
 */
@NullMarked
package io.steadyline.stt;

import org.jspecify.annotations.NullMarked;
