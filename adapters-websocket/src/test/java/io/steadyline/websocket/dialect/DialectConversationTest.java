package io.steadyline.websocket.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.signal.PeerEvent;
import io.steadyline.signal.StreamMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Replays a recorded conversation both ways: each message of the peer is decoded and has to give the event that stands
 * beside it, each item of ours is encoded and has to give the message, byte for byte. The notation is {@link Notation}'s.
 * A new dialect is a subclass and a file.
 */
public abstract class DialectConversationTest {

    private static final Pattern LINE =
            Pattern.compile("\\{\"from\":\"(peer|us)\",\"(?:event|item)\":\"([^\"]*)\",\"message\":(.*)}");

    protected abstract Dialect dialect();

    /** A file under {@code golden}. */
    protected abstract String recording();

    protected abstract StreamMode pathMode();

    @Test
    void shouldReplayTheRecordedConversation() throws IOException {
        DialectCodec codec = dialect().newCodec(pathMode());
        List<String> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            Matcher line = LINE.matcher(lines.get(i));
            assertThat(line.matches()).as(recording() + ":" + (i + 1)).isTrue();
            String spoken = line.group(1).equals("peer")
                    ? Notation.of(decode(codec, line.group(3)))
                    : encode(codec, line.group(2));
            String expected = line.group(1).equals("peer") ? line.group(2) : line.group(3);
            assertThat(spoken).as(recording() + ":" + (i + 1)).isEqualTo(expected);
        }
        assertThat(lines).hasSizeGreaterThan(5);
    }

    /** From the middle of a larger array, as it comes out of a socket's buffer. */
    private static PeerEvent decode(DialectCodec codec, String message) {
        byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
        byte[] buffer = new byte[utf8.length + 20];
        Arrays.fill(buffer, (byte) '}');
        System.arraycopy(utf8, 0, buffer, 7, utf8.length);
        return codec.decode(buffer, 7, utf8.length);
    }

    private static String encode(DialectCodec codec, String notation) {
        var item = Notation.item(notation);
        ByteBuffer out = ByteBuffer.allocateDirect(codec.maxEncodedBytes(item) + 3);
        codec.encode(item, out);
        assertThat(out.position()).isLessThanOrEqualTo(codec.maxEncodedBytes(item));
        return StandardCharsets.UTF_8.decode(out.flip()).toString();
    }

    private List<String> lines() throws IOException {
        try (InputStream in = DialectConversationTest.class.getResourceAsStream("/golden/" + recording())) {
            return new String(Objects.requireNonNull(in, recording()).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
