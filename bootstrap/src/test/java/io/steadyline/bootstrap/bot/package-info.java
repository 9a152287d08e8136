/** The bot to try a gateway with. */
@NullMarked
package io.steadyline.bootstrap.bot;

import org.jspecify.annotations.NullMarked;
