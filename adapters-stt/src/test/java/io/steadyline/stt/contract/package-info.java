/**
 * What holds for each vendor, over real sockets, against its honest peer. Open first:
 * {@link io.steadyline.stt.contract.VendorContractTest}.
 */
@NullMarked
package io.steadyline.stt.contract;

import org.jspecify.annotations.NullMarked;
