package io.steadyline.websocket.twilio;

import io.steadyline.signal.PeerEvent;
import io.steadyline.websocket.dialect.DialectLimits;
import java.util.Arrays;

/**
 * What holds for any messages that a peer may send: nothing is thrown, the quick reading of audio and the strict one of JSON give
 * the same events and leave the codec the same, and audio is within its limit. A fuzzer's entry
 * ({@code benchmarks/run fuzz --target twilio}); {@link TwilioFuzzTest} plays its seeds in each build.
 */
public final class TwilioFuzz {

    private static final int MAX_PAYLOAD_BYTES = DialectLimits.defaults().payloadBytes();
    /** Bytes before a message that are none of it. */
    private static final int OFFSET = 3;

    private TwilioFuzz() {}

    /** @param input one message a line; with a {@code !} before the first, behind a start that was taken */
    public static void fuzzerTestOneInput(byte[] input) {
        boolean isStarted = input.length > 0 && input[0] == '!';
        TwilioCodec quick = isStarted ? Messages.startedCodec() : Messages.codec();
        TwilioCodec strict = isStarted ? Messages.startedCodec() : Messages.codec();
        int at = isStarted ? 1 : 0;
        while (at < input.length) {
            int end = at;
            while (end < input.length && input[end] != '\n') {
                end++;
            }
            decode(quick, strict, Arrays.copyOfRange(input, at, end));
            at = end + 1;
        }
    }

    private static void decode(TwilioCodec quick, TwilioCodec strict, byte[] message) {
        byte[] shifted = new byte[OFFSET + message.length + OFFSET];
        Arrays.fill(shifted, (byte) '"');
        System.arraycopy(message, 0, shifted, OFFSET, message.length);
        long missingBefore = quick.missingChunks();
        PeerEvent one = quick.decode(shifted, OFFSET, message.length);
        PeerEvent other = strict.decodeAsJson(message, 0, message.length);
        claim(isSame(one, other), one + " (expected: " + other + ")");
        claim(quick.missingChunks() == strict.missingChunks(), "missing: " + quick.missingChunks());
        claim(quick.missingChunks() >= missingBefore, "missing: " + quick.missingChunks() + " after " + missingBefore);
        claim(quick.mode() == strict.mode(), "mode: " + quick.mode());
        if (one instanceof PeerEvent.Media media) {
            int bytes = media.payload().length;
            claim(bytes > 0 && bytes <= MAX_PAYLOAD_BYTES, "payload: " + bytes + " bytes");
        }
    }

    /** Records compare what they hold; that of audio is an array. */
    static boolean isSame(PeerEvent one, PeerEvent other) {
        if (one instanceof PeerEvent.Media a && other instanceof PeerEvent.Media b) {
            return a.track() == b.track()
                    && a.chunk() == b.chunk()
                    && a.timestampMs() == b.timestampMs()
                    && Arrays.equals(a.payload(), b.payload());
        }
        return one.equals(other);
    }

    private static void claim(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
