package io.steadyline.media;

/** How samples are written as bytes. Silence values: ITU-T G.711 (µ-law 0xFF, A-law 0xD5), L16 zero. */
public enum Encoding {
    /** G.711 µ-law, one byte a sample. */
    MULAW(1, (byte) 0xFF),
    /** G.711 A-law, one byte a sample. */
    ALAW(1, (byte) 0xD5),
    /** Signed 16 bit linear, little-endian. */
    L16(2, (byte) 0);

    private final int bytesPerSample;
    private final byte silence;

    Encoding(int bytesPerSample, byte silence) {
        this.bytesPerSample = bytesPerSample;
        this.silence = silence;
    }

    public int bytesPerSample() {
        return bytesPerSample;
    }

    /** The byte that fills a frame of digital silence. */
    public byte silence() {
        return silence;
    }
}
