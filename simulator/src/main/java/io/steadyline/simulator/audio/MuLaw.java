package io.steadyline.simulator.audio;

/** ITU-T G.711 µ-law against 16-bit linear samples. */
public final class MuLaw {

    public static final byte SILENCE = (byte) 0xFF;

    private static final int BIAS = 0x84;
    private static final int CLIP = 32_635;
    private static final short[] DECODED = new short[256];

    static {
        for (int code = 0; code < 256; code++) {
            DECODED[code] = decodeOne(code);
        }
    }

    private MuLaw() {}

    public static byte encode(short sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs((int) sample), CLIP) + BIAS;
        int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
        int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
        return (byte) ~(sign | (exponent << 4) | mantissa);
    }

    public static short decode(byte code) {
        return DECODED[code & 0xFF];
    }

    private static short decodeOne(int code) {
        int bits = ~code & 0xFF;
        int magnitude = ((((bits & 0x0F) << 3) + BIAS) << ((bits >> 4) & 0x07)) - BIAS;
        return (short) ((bits & 0x80) != 0 ? -magnitude : magnitude);
    }
}
