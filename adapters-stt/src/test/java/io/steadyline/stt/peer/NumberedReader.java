package io.steadyline.stt.peer;

import io.steadyline.media.Encoding;
import io.steadyline.media.G711;
import io.steadyline.stt.vendor.VendorAudio;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds numbered frames in a stream that was cut anywhere. At 8 kHz numbers are read; what has none is given as silence, 20 ms
 * at a time. A resampler's filter destroys numbers, so at other rates a piece is told by its level alone.
 */
public final class NumberedReader {

    public sealed interface Piece {
        record Numbered(int number, boolean speaking) implements Piece {}

        /** 20 ms without a number. */
        record Unnumbered(boolean speaking) implements Piece {}
    }

    private static final int READABLE_RATE_HZ = 8_000;

    /** Between the quiet and the soft frames of {@link NumberedAudio}. */
    private static final double SPEECH_RMS = 300;

    private final VendorAudio audio;
    private final int frameSamples;
    private byte[] rest = new byte[0];
    private int unnumberedSamples;
    private long unnumberedBytes;

    public NumberedReader(VendorAudio audio) {
        this.audio = audio;
        this.frameSamples = audio.sampleRateHz() / 1000 * NumberedAudio.FRAME_MS;
    }

    /** Numbers of all numbered frames of a stream. */
    public static List<Integer> numbers(byte[] stream, VendorAudio audio) {
        return new NumberedReader(audio)
                .read(stream).stream()
                        .filter(Piece.Numbered.class::isInstance)
                        .map(piece -> ((Piece.Numbered) piece).number())
                        .toList();
    }

    long unnumberedBytes() {
        return unnumberedBytes;
    }

    public List<Piece> read(byte[] chunk) {
        byte[] all = NumberedAudio.joined(rest, chunk);
        List<Piece> pieces = new ArrayList<>();
        int used = audio.sampleRateHz() == READABLE_RATE_HZ ? readNumbers(all, pieces) : readLevels(all, pieces);
        rest = Arrays.copyOfRange(all, used, all.length);
        return pieces;
    }

    private int readNumbers(byte[] all, List<Piece> pieces) {
        byte[] mulaw = mulaw(all);
        int at = 0;
        while (at < mulaw.length) {
            boolean possible = NumberedAudio.isNumbered(mulaw[at]);
            if (possible && at + frameSamples > mulaw.length) {
                break;
            }
            Optional<NumberedAudio.Frame> frame = possible ? NumberedAudio.frameAt(mulaw, at) : Optional.empty();
            if (frame.isPresent()) {
                pieces.add(new Piece.Numbered(frame.get().number(), frame.get().speaking()));
                unnumberedSamples = 0;
                at += frameSamples;
                continue;
            }
            at++;
            unnumberedBytes += audio.encoding().bytesPerSample();
            if (++unnumberedSamples == frameSamples) {
                pieces.add(new Piece.Unnumbered(false));
                unnumberedSamples = 0;
            }
        }
        return at * audio.encoding().bytesPerSample();
    }

    private int readLevels(byte[] all, List<Piece> pieces) {
        int frameBytes = frameSamples * audio.encoding().bytesPerSample();
        int at = 0;
        for (; at + frameBytes <= all.length; at += frameBytes) {
            double sum = 0;
            for (int i = at; i < at + frameBytes; i += 2) {
                int sample = sample(all, i);
                sum += (double) sample * sample;
            }
            pieces.add(new Piece.Unnumbered(Math.sqrt(sum / frameSamples) > SPEECH_RMS));
            unnumberedBytes += frameBytes;
        }
        return at;
    }

    private byte[] mulaw(byte[] data) {
        byte[] mulaw = new byte[data.length / audio.encoding().bytesPerSample()];
        for (int i = 0; i < mulaw.length; i++) {
            mulaw[i] = switch (audio.encoding()) {
                case MULAW -> data[i];
                case ALAW -> G711.toMulaw(G711.fromAlaw(data[i]));
                case L16 -> G711.toMulaw(sample(data, 2 * i));
            };
        }
        return mulaw;
    }

    private int sample(byte[] data, int at) {
        if (audio.encoding() != Encoding.L16) {
            throw new IllegalArgumentException("encoding: " + audio.encoding() + " (expected: L16 at this rate)");
        }
        return (short) ((data[at] & 0xFF) | data[at + 1] << 8);
    }
}
