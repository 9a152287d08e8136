package io.steadyline.websocket.frames;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What a fuzzer's bytes stand for. The first says how they are read, the second is a seed for what is random: masks, and
 * where the stream is cut. The rest is the stream as it is, or a script that makes frames with a mask and a length that fits,
 * which chance alone would seldom make.
 *
 * @param ringBytes a small ring, in which frames wrap and do not fit
 * @param maxMessageBytes the limit
 * @param stream what the peer sends
 */
record FuzzInput(
        int ringBytes,
        int maxMessageBytes,
        long seed,
        @SuppressWarnings("ArrayRecordComponent") byte[] stream) {

    private static final int[] LIMITS = {0, 125, 126, 1_000, 3_000, 65_535, 65_536, 70_000};
    /** For the length bytes of a script from 126 on, where it is not one that is only announced. */
    private static final int[] LENGTHS = {126, 127, 128, 247, 248, 249, 256, 500, 1_000, 3_000, 65_535, 65_536, 70_001};

    /** For those from {@link #FIRST_ANNOUNCED} on: lengths that are only announced. */
    private static final long[] ANNOUNCED = {
        65_536, 1L << 31, (1L << 32) + 1, Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MIN_VALUE, -1, 1
    };

    private static final int FIRST_ANNOUNCED = 200;

    /** Behind so much no frame is begun: long streams are slow, and reach nothing new. */
    private static final int LONG_ENOUGH_BYTES = 10_000;

    static FuzzInput of(byte[] input) {
        int how = input.length > 0 ? input[0] & 0xff : 0;
        long seed = input.length > 1 ? input[1] : 0;
        byte[] rest = Arrays.copyOfRange(input, Math.min(2, input.length), input.length);
        boolean isScript = (how & 1) == 1;
        return new FuzzInput(
                256 << (how >> 1 & 3),
                LIMITS[how >> 3 & 7],
                seed,
                isScript ? play(rest, new SplittableRandom(seed)) : rest);
    }

    /** For each frame: its first byte, its length, and as much of its payload as there is. */
    private static byte[] play(byte[] script, SplittableRandom masks) {
        ByteBuffer in = ByteBuffer.wrap(script);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (in.remaining() >= 2 && out.size() < LONG_ENOUGH_BYTES) {
            int firstByte = in.get() & 0xff;
            int code = in.get() & 0xff;
            if (code >= FIRST_ANNOUNCED) {
                out.writeBytes(Wire.header(firstByte, ANNOUNCED[(code - FIRST_ANNOUNCED) % ANNOUNCED.length], 8));
                continue;
            }
            byte[] payload = new byte[code < 126 ? code : LENGTHS[(code - 126) % LENGTHS.length]];
            int given = Math.min(payload.length, in.remaining());
            in.get(payload, 0, given);
            Arrays.fill(payload, given, payload.length, (byte) 'a');
            out.writeBytes(Wire.frame(firstByte, payload, masks.nextInt()));
        }
        return out.toByteArray();
    }
}
