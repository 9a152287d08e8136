package io.steadyline.stt.peer;

import io.steadyline.media.Encoding;
import io.steadyline.media.G711;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Frames of 20 ms at 8 kHz that carry their number in each of sixteen copies, in µ-law codes that are the same after a way
 * through linear samples and A-law. To the ear it is noise; to the gateway's voice activity it is speech with a dip each
 * half second, or a quiet line.
 *
 * <p>A copy is ten digits of three bits, eight of the number and two to check it. A digit is the upper part of a sample's
 * mantissa, shifted by the number of its copy, so that each frame is as loud as the next. The exponent is the loudness; the
 * sign means nothing and changes at random, so that there is no tone.
 */
public final class NumberedAudio {

    public static final int FRAME_BYTES = 160;
    public static final int FRAME_MS = 20;
    public static final int MAX_NUMBER = (1 << 24) - 1;

    /** A frame that was found in a stream. */
    public record Frame(int number, boolean speaking) {}

    private static final int DIGITS = 10;
    private static final int NUMBER_DIGITS = 8;

    /** Exponents of µ-law: about -15, -34 and -53 dBFS. */
    private static final int LOUD = 5;

    private static final int SOFT = 2;
    private static final int QUIET = 0;

    /** Speech without dips is taken for noise after some seconds. */
    private static final int DIP_EVERY_FRAMES = 25;

    private NumberedAudio() {}

    /** Loud enough to be voice. */
    public static byte[] speaking(int number) {
        return frame(number, number % DIP_EVERY_FRAMES == DIP_EVERY_FRAMES / 2 ? SOFT : LOUD);
    }

    /** Frames of a speaker from this number on, one after the other. */
    public static byte[] speech(int from, int frames, Encoding encoding) {
        return joined(IntStream.range(from, from + frames)
                .mapToObj(number -> encoded(speaking(number), encoding))
                .toArray(byte[][]::new));
    }

    /** Too quiet to be voice, but not digital silence. */
    public static byte[] silent(int number) {
        return frame(number, QUIET);
    }

    /** The same samples in another encoding. */
    public static byte[] encoded(byte[] mulaw, Encoding encoding) {
        byte[] result = new byte[mulaw.length * encoding.bytesPerSample()];
        for (int i = 0; i < mulaw.length; i++) {
            int sample = G711.fromMulaw(mulaw[i]);
            switch (encoding) {
                case MULAW -> result[i] = mulaw[i];
                case ALAW -> result[i] = G711.toAlaw(sample);
                case L16 -> {
                    result[2 * i] = (byte) sample;
                    result[2 * i + 1] = (byte) (sample >> 8);
                }
            }
        }
        return result;
    }

    /** The sample may be one of a numbered frame; digital silence is not. */
    static boolean isNumbered(byte mulaw) {
        int exponent = exponent(mulaw);
        return (mantissa(mulaw) & 1) == 1 && (exponent == LOUD || exponent == SOFT || exponent == QUIET);
    }

    /** The frame that begins at this µ-law sample, if one does. */
    static Optional<Frame> frameAt(byte[] mulaw, int from) {
        int exponent = exponent(mulaw[from]);
        int number = 0;
        for (int digit = 0; digit < NUMBER_DIGITS; digit++) {
            number = (number << 3) | (mantissa(mulaw[from + digit]) >> 1);
        }
        for (int i = 0; i < FRAME_BYTES; i++) {
            if ((mulaw[from + i] & 0x7F) != (code(number, i, exponent) & 0x7F)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Frame(number, exponent != QUIET));
    }

    private static byte[] frame(int number, int exponent) {
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("number: " + number + " (expected: 0 to " + MAX_NUMBER + ")");
        }
        byte[] frame = new byte[FRAME_BYTES];
        int random = (number * 0x9E3779B9) | 1;
        int sign = 0;
        int left = 0;
        for (int i = 0; i < FRAME_BYTES; i++) {
            if (left-- == 0) {
                random = next(random);
                left = 3 + (random >>> 8) % 8;
                sign ^= 0x80;
            }
            frame[i] = (byte) ((code(number, i, exponent) & 0x7F) | sign);
        }
        return frame;
    }

    /** The µ-law code of a sample of the frame, but for its sign. */
    private static byte code(int number, int index, int exponent) {
        int digit = (digit(number, index % DIGITS) + index / DIGITS) & 7;
        // Odd mantissas: in the lowest segment A-law knows only these.
        return (byte) ~((exponent << 4) | (digit << 1) | 1);
    }

    private static int digit(int number, int place) {
        return place < NUMBER_DIGITS
                ? (number >> (3 * (NUMBER_DIGITS - 1 - place))) & 7
                : (check(number) >> (3 * (DIGITS - 1 - place))) & 7;
    }

    private static int check(int number) {
        return (number * 0x2C1B3C6D + 0x297A2D39) >>> 26;
    }

    private static int exponent(byte code) {
        return (~code >> 4) & 7;
    }

    private static int mantissa(byte code) {
        return ~code & 15;
    }

    private static int next(int random) {
        int shifted = random ^ (random << 13);
        shifted ^= shifted >>> 17;
        return shifted ^ (shifted << 5);
    }

    /** One after the other. */
    public static byte[] joined(byte[]... frames) {
        int length = Arrays.stream(frames).mapToInt(frame -> frame.length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] frame : frames) {
            System.arraycopy(frame, 0, all, at, frame.length);
            at += frame.length;
        }
        return all;
    }
}
