@NullMarked
package io.steadyline.journal.calls;

import org.jspecify.annotations.NullMarked;
