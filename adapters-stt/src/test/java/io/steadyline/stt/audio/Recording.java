package io.steadyline.stt.audio;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.AudioFrame;
import io.steadyline.media.G711;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A recording at 8 kHz and what is in it, in order. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Recording(String file, float[] samples, List<Truth> truths) {

    /** @param what the key, the name of the tone, or empty for speech */
    public record Truth(String kind, int startMs, int endMs, String what) {}

    private static final int SAMPLES_PER_MS = 8;

    /** All recordings that hold something of the kind. */
    public static List<Recording> of(String kind) {
        Map<String, List<Truth>> byFile = new LinkedHashMap<>();
        String csv = new String(read("truth.csv"), StandardCharsets.US_ASCII);
        csv.lines()
                .skip(1)
                .map(line -> line.split(",", -1))
                .filter(row -> row[1].equals(kind))
                .forEach(row -> byFile.computeIfAbsent(row[0], file -> new ArrayList<>())
                        .add(new Truth(row[1], Integer.parseInt(row[2]), Integer.parseInt(row[3]), row[4])));
        return byFile.entrySet().stream()
                .map(entry -> new Recording(entry.getKey(), load(entry.getKey()), entry.getValue()))
                .toList();
    }

    /** With noise {@code snrDb} below the level of what is in it. */
    public Recording with(Noise noise, int snrDb, Random random) {
        double noiseRms = rmsOfTruths() * Math.pow(10, -snrDb / 20.0);
        float[] mixed = samples.clone();
        noise.addTo(mixed, noiseRms, random);
        return new Recording(file, mixed, truths);
    }

    /** Cut into frames of 20 ms of µ-law; the rest of the last one is left out. */
    public List<AudioFrame> frames() {
        return Sound.frames(samples, AudioFormat.MULAW_8K);
    }

    private double rmsOfTruths() {
        double sum = 0;
        int count = 0;
        for (Truth truth : truths) {
            int end = Math.min(samples.length, truth.endMs() * SAMPLES_PER_MS);
            for (int i = truth.startMs() * SAMPLES_PER_MS; i < end; i++) {
                sum += samples[i] * samples[i];
                count++;
            }
        }
        return Math.sqrt(sum / count);
    }

    private static float[] load(String file) {
        byte[] codes = read(file);
        float[] samples = new float[codes.length];
        for (int i = 0; i < codes.length; i++) {
            samples[i] = G711.fromMulaw(codes[i]);
        }
        return samples;
    }

    private static byte[] read(String file) {
        try (InputStream in = Recording.class.getResourceAsStream("/audio/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("file: " + file + " (expected: a recording in /audio)");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
