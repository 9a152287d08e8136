/**
 * Recordings with known truth, and noise to mix into them; open first {@link io.steadyline.stt.audio.Recording}. The
 * recordings are made by {@code src/test/audio/make-audio.sh}. Values; any thread.
 */
@NullMarked
package io.steadyline.stt.audio;

import org.jspecify.annotations.NullMarked;
