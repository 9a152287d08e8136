package io.steadyline.websocket.server;

import io.steadyline.signal.Printable;
import java.nio.charset.StandardCharsets;

/** The text of a Close frame: safe to print, and as long as a control frame has room for. */
public final class CloseReason {

    /** RFC 6455 §5.5: 125 bytes, two of them for the code. */
    private static final int MAX_BYTES = 123;

    private CloseReason() {}

    /** Cut between characters; half of a surrogate pair becomes a question mark. */
    public static String of(String text) {
        byte[] utf8 = Printable.of(text, MAX_BYTES).getBytes(StandardCharsets.UTF_8);
        int end = Math.min(utf8.length, MAX_BYTES);
        while (end > 0 && end < utf8.length && isInsideCharacter(utf8[end])) {
            end--;
        }
        return new String(utf8, 0, end, StandardCharsets.UTF_8);
    }

    private static boolean isInsideCharacter(byte utf8) {
        return (utf8 & 0xC0) == 0x80;
    }
}
