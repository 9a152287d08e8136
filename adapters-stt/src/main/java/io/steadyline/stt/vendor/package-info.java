/**
 * What a recogniser's vendor is to the runtime: where it is, what it can, which options it takes, and how it speaks.
 *
 * <p>Open first: {@link io.steadyline.stt.vendor.Vendor}, then {@link io.steadyline.stt.vendor.Dialect}. Everything here is
 * pure: no socket, no clock, no thread. The runtime owns buffering, retry, fail-over, roll-over, keep-alive and close.
 */
@NullMarked
package io.steadyline.stt.vendor;

import org.jspecify.annotations.NullMarked;
