package io.steadyline.stt.audio;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.media.G711;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up audio at any rate. Levels are of each sine in dB against a full-scale sine. */
public final class Sound {

    private static final double FULL_SCALE = 32_767;

    private Sound() {}

    public static float[] silence(int ms, int rateHz) {
        return new float[ms * rateHz / 1000];
    }

    public static float[] sine(double hz, double levelDb, int ms, int rateHz) {
        float[] samples = silence(ms, rateHz);
        double amplitude = FULL_SCALE * Math.pow(10, levelDb / 20);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * hz * i / rateHz));
        }
        return samples;
    }

    /** A key of the pad. {@code detune} 0.01 is 1 % too high. */
    public static float[] key(char key, double rowDb, double columnDb, double detune, int ms, int rateHz) {
        int index = "123A456B789C*0#D".indexOf(key);
        double row = new double[] {697, 770, 852, 941}[index / 4] * (1 + detune);
        double column = new double[] {1209, 1336, 1477, 1633}[index % 4] * (1 + detune);
        return sum(sine(row, rowDb, ms, rateHz), sine(column, columnDb, ms, rateHz));
    }

    /** A vowel: harmonics of a pitch that slides, through two resonances that slide too. */
    public static float[] vowel(int ms, int rateHz, Random random) {
        float[] samples = silence(ms, rateHz);
        double pitchHz = 80 + random.nextInt(250);
        double slideHz = random.nextInt(120) - 60;
        double first = 250 + random.nextInt(600);
        double second = 900 + random.nextInt(1_500);
        double phase = 0;
        for (int i = 0; i < samples.length; i++) {
            double nowHz = pitchHz + slideHz * i / samples.length;
            phase += 2 * Math.PI * nowHz / rateHz;
            for (int harmonic = 1; harmonic * nowHz < 3_600; harmonic++) {
                double hz = harmonic * nowHz;
                double gain = 1 / (1 + Math.pow((hz - first) / 80, 2)) + 0.5 / (1 + Math.pow((hz - second) / 110, 2));
                samples[i] += (float) (6_000 * gain * Math.sin(harmonic * phase));
            }
        }
        return samples;
    }

    public static float[] noise(double rms, int ms, int rateHz, Random random) {
        float[] samples = silence(ms, rateHz);
        Noise.WHITE.addTo(samples, rms, random);
        return samples;
    }

    public static float[] sum(float[] a, float[] b) {
        float[] both = a.clone();
        for (int i = 0; i < b.length; i++) {
            both[i] += b[i];
        }
        return both;
    }

    public static float[] join(float[]... parts) {
        int length = 0;
        for (float[] part : parts) {
            length += part.length;
        }
        float[] joined = new float[length];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    /** Cut into frames from position 0; the rest of the last one is left out. */
    public static List<AudioFrame> frames(float[] samples, AudioFormat format) {
        List<AudioFrame> frames = new ArrayList<>();
        int perFrame = format.samplesPerFrame();
        for (int at = 0; at + perFrame <= samples.length; at += perFrame) {
            byte[] payload = new byte[format.frameBytes()];
            for (int i = 0; i < perFrame; i++) {
                encode(Math.clamp(Math.round(samples[at + i]), -32_768, 32_767), format, payload, i);
            }
            frames.add(new AudioFrame(payload, frames.size()));
        }
        return frames;
    }

    private static void encode(int sample, AudioFormat format, byte[] payload, int index) {
        switch (format.encoding()) {
            case MULAW -> payload[index] = G711.toMulaw(sample);
            case ALAW -> payload[index] = G711.toAlaw(sample);
            case L16 -> {
                payload[2 * index] = (byte) sample;
                payload[2 * index + 1] = (byte) (sample >> 8);
            }
        }
    }
}
