package io.steadyline.websocket.twilio;

import java.util.Arrays;
import java.util.Base64;

/**
 * Audio to base64 and back, by way of two arrays that all streams of a thread share: so they stay in the processor's
 * cache, where those of a single stream, used once in 20 ms, would not be.
 */
final class AudioText {

    private static final Base64.Encoder ENCODER = Base64.getEncoder();
    private static final Base64.Decoder DECODER = Base64.getDecoder();
    private static final int CHARS = 4;
    private static final int BYTES = 3;

    private static final ThreadLocal<AudioText> OWN = ThreadLocal.withInitial(AudioText::new);

    /** As long as the text was that was decoded last: the decoder takes a whole array, and frames have one length. */
    private byte[] text = {};

    private byte[] encoded = {};

    private AudioText() {}

    /** The calling thread's. */
    static AudioText own() {
        return OWN.get();
    }

    /** How much base64, padding included, so many bytes are. */
    static int encodedBytes(int audioBytes) {
        return (audioBytes + BYTES - 1) / BYTES * CHARS;
    }

    /** The first {@link #encodedBytes} of the array are the base64, until this is called again. */
    byte[] encode(byte[] audio) {
        int needed = encodedBytes(audio.length);
        if (encoded.length < needed) {
            encoded = new byte[needed];
        }
        // The JDK's encoder is vectorised but writes to arrays only; the copy out of the array is the cheaper part.
        ENCODER.encode(audio, encoded);
        return encoded;
    }

    /**
     * A new array with the audio.
     *
     * @throws IllegalArgumentException no base64
     */
    byte[] decode(byte[] base64, int from, int to) {
        int length = to - from;
        if (text.length != length) {
            text = new byte[length];
        }
        System.arraycopy(base64, from, text, 0, length);
        byte[] audio = new byte[(length - padding()) * BYTES / CHARS];
        int bytes = DECODER.decode(text, audio);
        return bytes == audio.length ? audio : Arrays.copyOf(audio, bytes);
    }

    private int padding() {
        int padding = 0;
        while (padding < 2 && padding < text.length && text[text.length - 1 - padding] == '=') {
            padding++;
        }
        return padding;
    }
}
