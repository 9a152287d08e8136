/**
 * What holds for each vendor, against its honest peer. Open first:
 * {@link io.steadyline.stt.contract.VendorContract}.
 */
@NullMarked
package io.steadyline.stt.contract;

import org.jspecify.annotations.NullMarked;
