@NullMarked
package io.steadyline.bootstrap.config;

import org.jspecify.annotations.NullMarked;
