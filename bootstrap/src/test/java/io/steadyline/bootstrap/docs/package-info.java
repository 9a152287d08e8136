/** Pages that are printed from the code. Open first: {@link io.steadyline.bootstrap.docs.MetricsPageTest}. Test thread. */
@NullMarked
package io.steadyline.bootstrap.docs;

import org.jspecify.annotations.NullMarked;
