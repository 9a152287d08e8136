/** Calls and bots that come, go and come back. */
@NullMarked
package io.steadyline.agent;

import org.jspecify.annotations.NullMarked;
