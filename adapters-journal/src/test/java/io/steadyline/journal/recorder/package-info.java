@NullMarked
package io.steadyline.journal.recorder;

import org.jspecify.annotations.NullMarked;
