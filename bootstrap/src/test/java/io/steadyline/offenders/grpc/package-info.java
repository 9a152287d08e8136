/** Breaks the rules of io.steadyline.grpc on purpose; see ArchitectureTest. Never run. */
@NullMarked
package io.steadyline.offenders.grpc;

import org.jspecify.annotations.NullMarked;
