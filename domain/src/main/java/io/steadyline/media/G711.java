package io.steadyline.media;

/** ITU-T G.711 µ-law and A-law against 16 bit linear samples. Decoding is a table look-up. */
public final class G711 {

    private static final int MULAW_BIAS = 0x84;
    private static final int MULAW_CLIP = 32635;
    private static final short[] MULAW_TO_LINEAR = new short[256];
    private static final short[] ALAW_TO_LINEAR = new short[256];

    static {
        for (int code = 0; code < 256; code++) {
            MULAW_TO_LINEAR[code] = expandMulaw(code);
            ALAW_TO_LINEAR[code] = expandAlaw(code);
        }
    }

    private G711() {}

    /** Linear value of a µ-law byte, -32124..32124. */
    public static short fromMulaw(byte code) {
        return MULAW_TO_LINEAR[code & 0xFF];
    }

    /** Linear value of an A-law byte, -32256..32256. */
    public static short fromAlaw(byte code) {
        return ALAW_TO_LINEAR[code & 0xFF];
    }

    /** The µ-law byte of the sample's interval, by the decision values of the standard; what is too loud is clipped. */
    public static byte toMulaw(int sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.abs(Math.clamp(sample, -MULAW_CLIP, MULAW_CLIP)) + MULAW_BIAS;
        int exponent = 24 - Integer.numberOfLeadingZeros(magnitude);
        int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
        return (byte) ~(sign | (exponent << 4) | mantissa);
    }

    /** The A-law byte of the sample's interval, by the decision values of the standard; what is too loud is clipped. */
    public static byte toAlaw(int sample) {
        int sign = sample >= 0 ? 0x80 : 0;
        int magnitude = Math.min(sample >= 0 ? sample : -sample - 1, 32767) >> 4;
        int exponent = Math.max(0, 28 - Integer.numberOfLeadingZeros(magnitude));
        int mantissa = (magnitude >> Math.max(0, exponent - 1)) & 0x0F;
        int code = (exponent << 4) | mantissa;
        return (byte) ((sign | code) ^ 0x55);
    }

    private static short expandMulaw(int code) {
        int bits = ~code & 0xFF;
        int exponent = (bits >> 4) & 0x07;
        int magnitude = ((((bits & 0x0F) << 3) + MULAW_BIAS) << exponent) - MULAW_BIAS;
        return (short) ((bits & 0x80) != 0 ? -magnitude : magnitude);
    }

    private static short expandAlaw(int code) {
        int bits = code ^ 0x55;
        int exponent = (bits >> 4) & 0x07;
        int mantissa = bits & 0x0F;
        int magnitude = exponent == 0 ? (mantissa << 4) + 8 : ((mantissa << 4) + 0x108) << (exponent - 1);
        return (short) ((bits & 0x80) != 0 ? magnitude : -magnitude);
    }
}
