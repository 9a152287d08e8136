package io.steadyline.stt.vosk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sample rate of a model, by the options for Kaldi's features that it comes with. The library makes audio slower as it needs, but
 * not faster unless the model says so: it would fail at each message and answer with nothing. Models of 16 kHz, such as the published
 * small ones, do not say so (github.com/alphacep/vosk-api/issues/1726, read 2026-11-30).
 */
final class ModelRate {

    private static final Logger log = LoggerFactory.getLogger(ModelRate.class);

    private static final List<String> FILES = List.of("conf/mfcc.conf", "mfcc.conf", "conf/fbank.conf");
    private static final String RATE = "--sample-frequency";
    private static final String UPSAMPLES = "--allow-upsample";

    /** Kaldi's own, where the model says nothing. */
    private static final String DEFAULT_RATE_HZ = "16000";

    private static final double TELEPHONE_HZ = 8_000;

    private ModelRate() {}

    /** False: audio of 8 kHz has to be made 16 kHz first. True too where nothing can be read; the library says what is wrong there. */
    static boolean takesTelephoneAudio(Path model) {
        for (String name : FILES) {
            Path file = model.resolve(name);
            if (Files.isRegularFile(file)) {
                try {
                    // No byte is wrong in it: what matters is ASCII, and a comment may be in any code.
                    return takesTelephoneAudio(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
                } catch (IOException | NumberFormatException unreadable) {
                    log.debug("the sample rate of a model cannot be read: {}", file, unreadable);
                    return true;
                }
            }
        }
        return true;
    }

    private static boolean takesTelephoneAudio(List<String> lines) {
        Map<String, String> options = new HashMap<>();
        for (String line : lines) {
            String[] parts = line.replaceFirst("#.*", "").strip().split("=", 2);
            options.put(parts[0].strip().replace('_', '-'), parts.length == 2 ? parts[1].strip() : "true");
        }
        return options.getOrDefault(UPSAMPLES, "false").equals("true")
                || Double.parseDouble(options.getOrDefault(RATE, DEFAULT_RATE_HZ)) <= TELEPHONE_HZ;
    }
}
