package io.steadyline.stt.azure;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.cognitiveservices.speech.SpeechConfig;
import java.util.Optional;

/** The native code of the SDK, which needs libraries of the system that not each machine has. */
final class Natives {

    private Natives() {}

    /** Why it does not load here; empty: it does. */
    static Optional<String> problem() {
        try (SpeechConfig config = SpeechConfig.fromSubscription("key", "region")) {
            config.setSpeechRecognitionLanguage("en-US");
            return Optional.empty();
        } catch (LinkageError | RuntimeException notHere) {
            return Optional.of("the Speech SDK's native code does not load on this machine: " + notHere);
        }
    }

    static void assume() {
        problem().ifPresent(why -> assumeTrue(false, why));
    }
}
