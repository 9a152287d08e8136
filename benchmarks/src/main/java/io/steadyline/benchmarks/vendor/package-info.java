/**
 * A recogniser service for the product to talk to: the custom STT protocol of jambonz, one word over and over, at next to no cost to
 * the core that it shares with the load.
 *
 * <p>Open first: {@link io.steadyline.benchmarks.vendor.VendorServer}. All of it runs on that server's one thread, {@code vendor}.
 */
@NullMarked
package io.steadyline.benchmarks.vendor;

import org.jspecify.annotations.NullMarked;
