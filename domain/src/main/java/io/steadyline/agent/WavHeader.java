package io.steadyline.agent;

import java.util.Arrays;

/** A RIFF header in front of raw audio: what a text-to-speech service sends when asked for a file; heard as a click. */
final class WavHeader {

    private static final byte[] RIFF = {'R', 'I', 'F', 'F'};
    private static final byte[] WAVE = {'W', 'A', 'V', 'E'};
    private static final byte[] DATA = {'d', 'a', 't', 'a'};
    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER_BYTES = 8;

    private WavHeader() {}

    /** Bytes in front of the samples; 0: there is no such header. */
    static int lengthOf(byte[] audio) {
        if (!isAt(audio, 0, RIFF) || !isAt(audio, 8, WAVE)) {
            return 0;
        }
        int at = FIRST_CHUNK;
        while (at + CHUNK_HEADER_BYTES <= audio.length) {
            if (isAt(audio, at, DATA)) {
                return at + CHUNK_HEADER_BYTES;
            }
            long next = at + CHUNK_HEADER_BYTES + littleEndian(audio, at + DATA.length);
            if (next > audio.length) {
                break;
            }
            at = (int) next;
        }
        // A header that goes on in the next chunk, or is broken: none of it is audio.
        return audio.length;
    }

    private static boolean isAt(byte[] audio, int at, byte[] word) {
        return audio.length >= at + word.length && Arrays.equals(audio, at, at + word.length, word, 0, word.length);
    }

    private static long littleEndian(byte[] audio, int at) {
        return (audio[at] & 0xffL)
                | (audio[at + 1] & 0xffL) << 8
                | (audio[at + 2] & 0xffL) << 16
                | (audio[at + 3] & 0xffL) << 24;
    }
}
