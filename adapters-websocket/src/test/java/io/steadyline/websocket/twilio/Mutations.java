package io.steadyline.websocket.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** Small changes to messages, as a broken or hostile sender makes them. */
final class Mutations {

    private static final String[] PIECES = {
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "true",
        "-1",
        "0",
        "00",
        "1e9",
        "\\u0000",
        "\\ud800",
        "\\/",
        " ",
        "\n",
        "\0",
        "\u00ff",
        "é",
        "\"event\":",
        "\"media\"",
        "\"chunk\":3,",
        "\"x\":[{}],",
        "99999999999999999999",
        "=",
        "/*"
    };

    private Mutations() {}

    static byte[] one(byte[] message, Random random) {
        if (message.length == 0) {
            return piece(random);
        }
        int at = random.nextInt(message.length);
        int to = Math.min(message.length, at + 1 + random.nextInt(20));
        return switch (random.nextInt(7)) {
            case 0 -> flipped(message, at, random);
            case 1 -> Arrays.copyOf(message, at);
            case 2 -> joined(message, 0, at, new byte[0], to);
            case 3, 4 -> joined(message, 0, at, piece(random), at);
            case 5 -> joined(message, 0, at, piece(random), at + 1);
            default -> joined(message, 0, to, Arrays.copyOfRange(message, at, to), to);
        };
    }

    private static byte[] flipped(byte[] message, int at, Random random) {
        byte[] changed = message.clone();
        changed[at] = (byte) (changed[at] ^ (1 << random.nextInt(8)));
        return changed;
    }

    private static byte[] piece(Random random) {
        return PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8);
    }

    private static byte[] joined(byte[] message, int from, int to, byte[] middle, int rest) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + middle.length);
        out.write(message, from, to - from);
        out.writeBytes(middle);
        out.write(message, rest, message.length - rest);
        return out.toByteArray();
    }
}
