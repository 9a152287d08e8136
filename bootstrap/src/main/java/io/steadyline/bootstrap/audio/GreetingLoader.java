package io.steadyline.bootstrap.audio;

import io.steadyline.media.AudioClip;
import io.steadyline.media.AudioFormat;
import io.steadyline.media.G711;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * Loads the greeting: WAV (8, 16, 24 or 32 bit PCM, float, µ-law, A-law; any rate from 4 to 192 kHz; any number of
 * channels, mixed to one), AIFF or AU alike, or raw 8 kHz µ-law in a file that ends in {@code .ulaw}, {@code .ul} or
 * {@code .raw}.
 */
public final class GreetingLoader {

    private static final String BUNDLED = "/io/steadyline/bootstrap/greeting.ulaw";
    /** Two minutes of 48 kHz stereo: a greeting, not a film. */
    private static final long MAX_FILE_BYTES = 24_000_000;

    private GreetingLoader() {}

    /** @throws IOException with a sentence that names the file and what was expected */
    public static AudioClip load(Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            return bundled();
        }
        Path path = file.get();
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            throw new IOException("greeting: " + path + " (expected: a readable file)");
        }
        long bytes = Files.size(path);
        if (bytes == 0 || bytes > MAX_FILE_BYTES) {
            throw new IOException(
                    "greeting: " + path + " has " + bytes + " bytes (expected: 1 to " + MAX_FILE_BYTES + ")");
        }
        byte[] content = Files.readAllBytes(path);
        return AudioClip.of(AudioFormat.MULAW_8K, isRaw(path) ? content : decode(path, content));
    }

    private static AudioClip bundled() throws IOException {
        try (InputStream in = GreetingLoader.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IOException("greeting: the bundled one is missing from this build");
            }
            return AudioClip.of(AudioFormat.MULAW_8K, in.readAllBytes());
        }
    }

    private static boolean isRaw(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".ulaw") || name.endsWith(".ul") || name.endsWith(".raw");
    }

    private static byte[] decode(Path path, byte[] content) throws IOException {
        try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(content))) {
            float[] mono = Samples.readMono(in);
            float[] resampled = Resampler.to8k(mono, in.getFormat().getSampleRate());
            byte[] mulaw = new byte[resampled.length];
            for (int i = 0; i < mulaw.length; i++) {
                mulaw[i] = G711.toMulaw(Math.round(Math.clamp(resampled[i], -1f, 1f) * 32767f));
            }
            return mulaw;
        } catch (UnsupportedAudioFileException | IllegalArgumentException | EOFException unsupported) {
            throw new IOException(
                    "greeting: " + path + " (expected: WAV of PCM, float, µ-law or A-law, or raw µ-law named .ulaw): "
                            + (unsupported instanceof EOFException ? "it ends too soon" : unsupported.getMessage()),
                    unsupported);
        }
    }
}
