/** Greetings in every form that a WAV file may have. */
@NullMarked
package io.steadyline.bootstrap.audio;

import org.jspecify.annotations.NullMarked;
