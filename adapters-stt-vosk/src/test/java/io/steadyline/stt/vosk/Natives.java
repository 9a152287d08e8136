package io.steadyline.stt.vosk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.vosk.LibVosk;
import org.vosk.LogLevel;

/** Vosk's native code, which is not there for every machine. */
final class Natives {

    private Natives() {}

    static void assume() {
        try {
            LibVosk.setLogLevel(LogLevel.WARNINGS);
        } catch (LinkageError notHere) {
            assumeTrue(false, "Vosk's native code does not load on this machine: " + notHere.getMessage());
        }
    }
}
