package io.steadyline.journal.recorder;

import io.steadyline.signal.CallFacts;
import io.steadyline.signal.StreamMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Which call a page belongs to: written once for each call, before the commit that names its checksum.
 *
 * <pre>0 checksum, 4 three lengths and the mode, 8 resumes, 12 bytes of the start message, 16 start, 24 three texts of 64 bytes</pre>
 */
final class Binding {

    static final int MAX_TEXT_BYTES = 64;

    private static final int LENGTHS = 4;
    private static final int MODE = 7;
    private static final int RESUMES = 8;
    private static final int START_LENGTH = 12;
    private static final int STARTED = 16;
    private static final int TEXTS = 24;
    private static final int END = TEXTS + 3 * MAX_TEXT_BYTES;

    private static final byte BOTH_WAYS = 0;
    private static final byte LISTEN_ONLY = 1;

    /** What was read. */
    record Bound(
            String callId,
            String streamId,
            String dialect,
            boolean listenOnly,
            int resumes,
            long startedMillis,
            String startMessage) {}

    private final ByteBuffer page;
    private final CRC32C crc = new CRC32C();

    Binding(ByteBuffer page) {
        this.page = page;
    }

    /** The ids of this call have room in a page. They cannot be cut: a cut id is another call's. */
    static boolean fits(CallFacts facts) {
        return utf8(facts.callId().value()).length <= MAX_TEXT_BYTES
                && utf8(facts.streamId().value()).length <= MAX_TEXT_BYTES
                && utf8(facts.dialect()).length <= MAX_TEXT_BYTES;
    }

    /** Returns the checksum, which the commit has to name. */
    int write(CallFacts facts, int resumes, long startedMillis, byte[] start, int offset, int length) {
        text(0, facts.callId().value());
        text(1, facts.streamId().value());
        text(2, facts.dialect());
        page.put(MODE, facts.mode() == StreamMode.LISTEN_ONLY ? LISTEN_ONLY : BOTH_WAYS);
        page.putInt(RESUMES, resumes);
        page.putInt(START_LENGTH, length);
        page.putLong(STARTED, startedMillis);
        page.put(Layout.START, start, offset, length);
        int checksum = checksum(length);
        page.putInt(0, checksum);
        return checksum;
    }

    /** Null when it is not the binding with this checksum. */
    @Nullable
    Bound read(int expected) {
        int length = page.getInt(START_LENGTH);
        if (page.getInt(0) != expected || length < 0 || length > Layout.START_BYTES || checksum(length) != expected) {
            return null;
        }
        byte[] start = new byte[length];
        page.get(Layout.START, start);
        return new Bound(
                text(0),
                text(1),
                text(2),
                page.get(MODE) == LISTEN_ONLY,
                page.getInt(RESUMES),
                page.getLong(STARTED),
                new String(start, StandardCharsets.UTF_8));
    }

    private void text(int which, String text) {
        byte[] bytes = utf8(text);
        page.put(LENGTHS + which, (byte) bytes.length);
        page.put(TEXTS + which * MAX_TEXT_BYTES, bytes);
    }

    private String text(int which) {
        byte[] bytes = new byte[Math.clamp(page.get(LENGTHS + which), 0, MAX_TEXT_BYTES)];
        page.get(TEXTS + which * MAX_TEXT_BYTES, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private int checksum(int startLength) {
        crc.reset();
        crc.update(page.slice(LENGTHS, END - LENGTHS));
        crc.update(page.slice(Layout.START, startLength));
        return (int) crc.getValue();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
