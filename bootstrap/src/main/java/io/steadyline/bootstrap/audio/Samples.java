package io.steadyline.bootstrap.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Reads an audio stream of any width and number of channels into one channel of samples from -1 to 1. */
final class Samples {

    private Samples() {}

    static float[] readMono(AudioInputStream in) throws IOException {
        AudioFormat format = in.getFormat();
        if (format.getEncoding().equals(Encoding.ULAW) || format.getEncoding().equals(Encoding.ALAW)) {
            return readMono(AudioSystem.getAudioInputStream(Encoding.PCM_SIGNED, in));
        }
        ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes())
                .order(format.isBigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int frames = bytes.remaining() / format.getFrameSize();
        float[] mono = new float[frames];
        for (int frame = 0; frame < frames; frame++) {
            float sum = 0;
            for (int channel = 0; channel < format.getChannels(); channel++) {
                sum += next(bytes, format);
            }
            mono[frame] = sum / format.getChannels();
        }
        return mono;
    }

    private static float next(ByteBuffer bytes, AudioFormat format) {
        boolean isFloat = format.getEncoding().equals(Encoding.PCM_FLOAT);
        boolean isUnsigned = format.getEncoding().equals(Encoding.PCM_UNSIGNED);
        return switch (format.getSampleSizeInBits()) {
            case 8 -> isUnsigned ? ((bytes.get() & 0xFF) - 128) / 128f : bytes.get() / 128f;
            case 16 -> bytes.getShort() / 32768f;
            case 24 -> next24(bytes) / 8388608f;
            case 32 -> isFloat ? bytes.getFloat() : (float) (bytes.getInt() / 2147483648.0);
            case 64 -> (float) bytes.getDouble();
            default ->
                throw new IllegalArgumentException(
                        "sample width: " + format.getSampleSizeInBits() + " bit (expected: 8, 16, 24, 32 or 64)");
        };
    }

    private static int next24(ByteBuffer bytes) {
        byte first = bytes.get();
        byte middle = bytes.get();
        byte last = bytes.get();
        boolean big = bytes.order() == ByteOrder.BIG_ENDIAN;
        return ((big ? first : last) << 16) | ((middle & 0xFF) << 8) | ((big ? last : first) & 0xFF);
    }
}
