/**
 * Vosk in this process: no server, no account; the model is a directory that the operator gives.
 *
 * <p>Open first: {@link io.steadyline.stt.vosk.VoskVendor}. Facts: the classes of com.alphacephei:vosk:0.3.45 and the JSON
 * that its recogniser writes (2022-12). A crash of the native code ends the process with all its calls: vosk-server is the
 * safer way to the same recogniser. Tested with the native library and a tiny model that knows tones: not yet with speech.
 */
@NullMarked
package io.steadyline.stt.vosk;

import org.jspecify.annotations.NullMarked;
