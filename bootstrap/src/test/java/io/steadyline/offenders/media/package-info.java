/** Breaks the rules of io.steadyline.media on purpose; see ArchitectureTest. Never run. */
@NullMarked
package io.steadyline.offenders.media;

import org.jspecify.annotations.NullMarked;
