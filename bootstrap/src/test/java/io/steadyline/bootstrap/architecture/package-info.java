/**
 * The walls between and inside the modules, kept by tests; and the form of the source itself.
 *
 * <p>Open first: ArchitectureTest. Each rule comes with classes under io.steadyline.offenders that break it on purpose,
 * so that a rule which has lost its bite fails as well.
 */
@NullMarked
package io.steadyline.bootstrap.architecture;

import org.jspecify.annotations.NullMarked;
