package io.steadyline.websocket.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever comes, in whatever pieces: what {@link FrameReader} finds is what the naive decoder finds. */
class FrameReaderRandomTest {

    private static final int MAX_MESSAGE_BYTES = 3_000;

    @Test
    void shouldFindTheSameAsTheNaiveDecoderInLegalTraffic() {
        Seeds.forEach(2_000, (_, random) -> {
            byte[] stream = legalTraffic(random);
            assertThat(compare(stream, random)).isZero();
        });
    }

    @Test
    void shouldFindTheSameInTrafficWithDamage() {
        Seeds.forEach(2_000, (_, random) -> {
            byte[] stream = legalTraffic(random);
            int changes = 1 + random.nextInt(3);
            for (int i = 0; i < changes; i++) {
                stream[random.nextInt(stream.length)] ^= (byte) (1 << random.nextInt(8));
            }
            compare(stream, random);
        });
    }

    @Test
    void shouldFindTheSameInNoise() {
        Seeds.forEach(2_000, (_, random) -> {
            byte[] stream = new byte[1 + random.nextInt(400)];
            random.nextBytes(stream);
            // A beginning that is taken for a frame, as often as not.
            stream[0] = Seeds.oneOf(random, (byte) 0x81, (byte) 0x82, (byte) 0x01, (byte) 0x89, stream[0]);
            compare(stream, random);
        });
    }

    /** The close code that both arrive at. */
    private static int compare(byte[] stream, RandomGenerator random) {
        NaiveDecoder expected = new NaiveDecoder(stream, MAX_MESSAGE_BYTES).decode();
        RingFeed feed = new RingFeed(256 << random.nextInt(6), random.nextInt(20_000), MAX_MESSAGE_BYTES);
        int largest = 1 + random.nextInt(random.nextBoolean() ? 20 : 2_000);
        int at = 0;
        while (at < stream.length && feed.closeCode() == 0) {
            int length = Math.min(Math.min(1 + random.nextInt(largest), feed.space()), stream.length - at);
            feed.feed(stream, at, length);
            at += length;
        }
        assertThat(feed.seen()).isEqualTo(expected.seen());
        assertThat(feed.closeCode()).isEqualTo(expected.closeCode());
        return feed.closeCode();
    }

    private static byte[] legalTraffic(RandomGenerator random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int messages = 1 + random.nextInt(8);
        for (int i = 0; i < messages; i++) {
            message(out, random);
        }
        if (random.nextInt(4) == 0) {
            out.writeBytes(Wire.close(Seeds.oneOf(random, 1000, 1001, 1012, 3000, 4999), "bye"));
        }
        return out.toByteArray();
    }

    private static void message(ByteArrayOutputStream out, RandomGenerator random) {
        boolean isText = random.nextBoolean();
        byte[] payload = new byte[length(random)];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (isText ? ' ' + random.nextInt(90) : random.nextInt());
        }
        int parts = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
        int at = 0;
        for (int part = 0; part < parts; part++) {
            boolean isLast = part == parts - 1;
            int bytes = isLast ? payload.length - at : random.nextInt(payload.length - at + 1);
            byte[] piece = Arrays.copyOfRange(payload, at, at + bytes);
            int opcode = part > 0 ? 0 : isText ? 1 : 2;
            out.writeBytes(Wire.frame((isLast ? 0x80 : 0) | opcode, piece, random.nextInt()));
            at += bytes;
            if (random.nextInt(4) == 0) {
                byte[] body = Wire.letters(random.nextInt(126));
                out.writeBytes(Wire.frame(Seeds.oneOf(random, 0x89, 0x8a), body, random.nextInt()));
            }
        }
    }

    private static int length(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(20);
            case 1 -> 120 + random.nextInt(15);
            case 2 -> random.nextInt(600);
            default -> random.nextInt(MAX_MESSAGE_BYTES + 1);
        };
    }
}
