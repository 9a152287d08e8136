package io.steadyline.stt.azure;

import io.steadyline.stt.vendor.Dialect.Garbled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What the audio of a turn begins with: the head of a RIFF file that has no length. */
record WaveHeader(int bytesPerMs) {

    static final WaveHeader NONE = new WaveHeader(0);
    static final int LENGTH_BYTES = 44;

    private static final int LINEAR = 1;
    private static final int MULAW = 7;

    static WaveHeader of(UspMessage message) throws Garbled {
        if (!message.header("content-type").orElse("").equals("audio/x-wav")) {
            throw new Garbled("Content-Type (expected: audio/x-wav where the audio begins)");
        }
        byte[] body = message.body();
        if (body.length < LENGTH_BYTES
                || !name(body, 0).equals("RIFF")
                || !name(body, 8).equals("WAVE")) {
            throw new Garbled("audio: " + body.length + " bytes (expected: the head of a RIFF file)");
        }
        ByteBuffer head = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        int encoding = head.getShort(20);
        int channels = head.getShort(22);
        int rateHz = head.getInt(24);
        int bits = head.getShort(34);
        boolean known = (encoding == LINEAR && bits == 16) || (encoding == MULAW && bits == 8);
        if (!known || channels != 1 || (rateHz != 8_000 && rateHz != 16_000)) {
            throw new Garbled("audio: encoding " + encoding + ", " + bits + " bits, " + channels + " channels, "
                    + rateHz + " Hz (expected: linear or µ-law, one channel)");
        }
        return new WaveHeader(rateHz / 1000 * bits / 8);
    }

    private static String name(byte[] body, int from) {
        return new String(body, from, 4, StandardCharsets.US_ASCII);
    }
}
