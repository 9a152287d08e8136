/**
 * What every recogniser behind the speech port is held to; open first {@link io.steadyline.stt.SttProviderContract}. Run
 * by the test thread; recognisers bring their own.
 */
@NullMarked
package io.steadyline.stt;

import org.jspecify.annotations.NullMarked;
