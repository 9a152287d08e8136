package io.steadyline.simulator.ws;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decoding that refuses malformed bytes, as RFC 6455 §8.1 asks. */
public final class Utf8 {

    private Utf8() {}

    public static String decode(byte[] bytes) throws ProtocolException {
        return decode(bytes, bytes.length);
    }

    public static String decode(byte[] bytes, int length) throws ProtocolException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolException(CloseStatus.INVALID_DATA, "text that is not UTF-8 (" + length + " bytes)");
        }
    }
}
