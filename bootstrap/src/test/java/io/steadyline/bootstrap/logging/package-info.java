@NullMarked
package io.steadyline.bootstrap.logging;

import org.jspecify.annotations.NullMarked;
