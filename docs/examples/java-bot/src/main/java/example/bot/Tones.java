package example.bot;

import com.google.protobuf.ByteString;
import java.util.Arrays;

/** What the talking bot says: tones as G.711 µ-law, 8000 samples a second, one byte a sample. */
final class Tones {

    static final int SAMPLES_PER_MS = 8;
    static final ByteString GREETING = melody(523, 659, 784, 1047);
    static final ByteString GOODBYE = melody(784, 659, 523);

    /** G.711: makes the segment boundaries powers of two. */
    private static final int BIAS = 132;
    /** The largest magnitude that still fits with the bias added. */
    private static final int CLIP = 32635;

    private Tones() {}

    /** Syllables of a voice that falls towards the end, the more the longer the caller spoke: 2 to 12 of 200 ms. */
    static ByteString answer(long utteranceMs) {
        int syllables = (int) Math.max(2, Math.min(12, Math.round(utteranceMs / 250.0)));
        ByteString audio = ByteString.EMPTY;
        for (int n = 0; n < syllables; n++) {
            audio = audio.concat(tone(165 - 4 * n, 140, 8)).concat(silence(60));
        }
        return audio;
    }

    private static ByteString melody(int... notesHz) {
        return Arrays.stream(notesHz).mapToObj(hz -> tone(hz, 240, 2)).reduce(ByteString.EMPTY, ByteString::concat);
    }

    /** Swells and fades, so that nothing clicks. */
    private static ByteString tone(int hz, int ms, int harmonics) {
        byte[] samples = new byte[ms * SAMPLES_PER_MS];
        for (int i = 0; i < samples.length; i++) {
            double phase = 2 * Math.PI * hz * i / 8000;
            double wave = 0;
            for (int harmonic = 1; harmonic <= harmonics; harmonic++) {
                wave += Math.sin(harmonic * phase) / harmonic;
            }
            samples[i] = encode((int) Math.round(7000 * Math.sin(Math.PI * i / samples.length) * wave));
        }
        return ByteString.copyFrom(samples);
    }

    private static ByteString silence(int ms) {
        byte[] samples = new byte[ms * SAMPLES_PER_MS];
        Arrays.fill(samples, (byte) 0xff);
        return ByteString.copyFrom(samples);
    }

    /** One signed 16-bit sample as a µ-law byte. */
    private static byte encode(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), CLIP) + BIAS;
        int segment = 24 - Integer.numberOfLeadingZeros(magnitude); // 0 to 7; BIAS keeps bit 7 or a higher one set
        int step = (magnitude >> (segment + 3)) & 0x0f;
        return (byte) ~(sign | (segment << 4) | step);
    }
}
