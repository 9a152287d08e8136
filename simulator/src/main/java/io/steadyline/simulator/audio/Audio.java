package io.steadyline.simulator.audio;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A stretch of 8 kHz µ-law audio; immutable. */
public final class Audio {

    public static final int SAMPLE_RATE_HZ = 8_000;
    public static final int BYTES_PER_MS = 8;

    private static final String VOICE = "/io/steadyline/simulator/voice.ulaw";

    private final byte[] muLaw;

    private Audio(byte[] muLaw) {
        this.muLaw = muLaw;
    }

    public static Audio ofMuLaw(byte[] muLaw) {
        return new Audio(muLaw.clone());
    }

    public static Audio silence(Duration length) {
        byte[] silence = new byte[Math.toIntExact(length.toMillis() * BYTES_PER_MS)];
        Arrays.fill(silence, MuLaw.SILENCE);
        return new Audio(silence);
    }

    /** Some eight seconds of English without a pause longer than about a quarter of a second. */
    public static Audio voice() {
        try (InputStream in = Audio.class.getResourceAsStream(VOICE)) {
            if (in == null) {
                throw new IllegalStateException("resource " + VOICE + " is missing from the simulator's jar");
            }
            return new Audio(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a WAV file (µ-law at 8 kHz, or 16-bit PCM at 8, 16, 44.1 or 48 kHz, mono or stereo). A file whose name ends
     * in {@code .ulaw}, {@code .ul} or {@code .raw} is taken as µ-law bytes without a header.
     */
    public static Audio read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".ulaw") || name.endsWith(".ul") || name.endsWith(".raw")) {
            return new Audio(bytes);
        }
        return new Audio(Wav.toMuLaw(bytes, file.toString()));
    }

    /** 16-bit PCM at 8 kHz, which every player opens. */
    public void writeWav(Path file) throws IOException {
        Files.write(file, Wav.ofMuLaw(muLaw));
    }

    /** µ-law bytes without a header. */
    public void writeRaw(Path file) throws IOException {
        Files.write(file, muLaw);
    }

    public Audio then(Audio next) {
        byte[] joined = Arrays.copyOf(muLaw, muLaw.length + next.muLaw.length);
        System.arraycopy(next.muLaw, 0, joined, muLaw.length, next.muLaw.length);
        return new Audio(joined);
    }

    public byte[] muLaw() {
        return muLaw.clone();
    }

    public int sizeBytes() {
        return muLaw.length;
    }

    public long durationMs() {
        return muLaw.length / BYTES_PER_MS;
    }

    /** Copies bytes from {@code position}, silence past the end. */
    public void copyTo(int position, byte[] target) {
        int available = Math.clamp((long) muLaw.length - position, 0, target.length);
        if (available > 0) {
            System.arraycopy(muLaw, position, target, 0, available);
        }
        Arrays.fill(target, available, target.length, MuLaw.SILENCE);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Audio audio && Arrays.equals(muLaw, audio.muLaw);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(muLaw);
    }

    @Override
    public String toString() {
        return "Audio[" + durationMs() + " ms]";
    }
}
