/**
 * What tests share: simulated time, pinned randomness, numbered frames, a naive model of a queue. Other modules use it as
 * the domain's test-jar. Assertions that fail here throw {@link java.lang.AssertionError}; nothing here needs a test
 * framework.
 *
 * <p>Open first: {@link io.steadyline.testkit.SimulatedTime}. One thread: the test's.
 */
@NullMarked
package io.steadyline.testkit;

import org.jspecify.annotations.NullMarked;
