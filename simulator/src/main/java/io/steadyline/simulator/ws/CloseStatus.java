package io.steadyline.simulator.ws;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a Close frame says. {@link #NO_STATUS} stands for a Close frame without a body. */
public record CloseStatus(int code, String reason) {

    public static final int NORMAL = 1000;
    public static final int PROTOCOL_ERROR = 1002;
    public static final int NO_STATUS = 1005;
    public static final int INVALID_DATA = 1007;
    public static final int TOO_BIG = 1009;

    /** 125 bytes of a control frame less the two of the code. */
    private static final int MAX_REASON_BYTES = 123;

    public byte[] body() {
        if (code == NO_STATUS) {
            return new byte[0];
        }
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[2 + Math.min(text.length, MAX_REASON_BYTES)];
        body[0] = (byte) (code >> 8);
        body[1] = (byte) code;
        System.arraycopy(text, 0, body, 2, body.length - 2);
        return body;
    }

    static CloseStatus parse(byte[] body) throws ProtocolException {
        if (body.length == 0) {
            return new CloseStatus(NO_STATUS, "");
        }
        if (body.length == 1) {
            throw new ProtocolException(
                    PROTOCOL_ERROR, "Close frame with a body of 1 byte (expected: 0, or 2 and more)");
        }
        int code = (body[0] & 0xFF) << 8 | (body[1] & 0xFF);
        if (!mayBeSent(code)) {
            throw new ProtocolException(PROTOCOL_ERROR, "Close frame with code " + code + ", which may not be sent");
        }
        return new CloseStatus(code, Utf8.decode(Arrays.copyOfRange(body, 2, body.length)));
    }

    /** RFC 6455 §7.4: 1004 to 1006 and 1015 are reserved, 1016 to 2999 unassigned, below 1000 unused. */
    private static boolean mayBeSent(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }
}
