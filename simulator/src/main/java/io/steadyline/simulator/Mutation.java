package io.steadyline.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** One piece of malformed traffic: what is sent, in order, on a socket in a known state. */
public record Mutation(int number, Kind kind, boolean needsFreshSocket, List<Part> parts) {

    public Mutation {
        parts = List.copyOf(parts);
    }

    /** In what way the traffic is wrong. */
    public enum Kind {
        BIT_FLIP,
        TRUNCATED,
        WRONG_TYPE,
        /** Numbers where the provider writes strings of digits; some servers take both. */
        NUMBER_FOR_STRING,
        MISSING_FIELD,
        HUGE_FIELD,
        DEEP_NESTING,
        DUPLICATE_KEY,
        WRONG_ORDER,
        MEDIA_BEFORE_START,
        WRONG_STREAM_SID,
        UNKNOWN_EVENT,
        INVALID_BASE64,
        CONTROL_CHARACTERS,
        NOT_JSON,
        INVALID_UTF8,
        BINARY_MESSAGE,
        OVERSIZE_MESSAGE,
        /** A good message in frames of one byte: legal, and to be taken. */
        MANY_FRAGMENTS,
        UNMASKED_FRAME,
        RESERVED_OPCODE,
        RESERVED_BITS,
        FRAGMENTED_CONTROL,
        STRAY_CONTINUATION
    }

    /** One frame. The first byte is FIN, reserved bits and opcode. Not a record: an array is no value. */
    public static final class Part {

        private final int firstByte;
        private final boolean isMasked;
        private final byte[] payload;

        Part(int firstByte, boolean isMasked, byte[] payload) {
            this.firstByte = firstByte;
            this.isMasked = isMasked;
            this.payload = payload;
        }

        public int firstByte() {
            return firstByte;
        }

        public boolean isMasked() {
            return isMasked;
        }

        public byte[] payload() {
            return payload.clone();
        }
    }

    /** For a log or a test's message; shortened. */
    @Override
    public String toString() {
        return "#" + number + " " + kind + " "
                + parts.stream()
                        .limit(4)
                        .map(part -> "[%02x %d] ".formatted(part.firstByte, part.payload.length)
                                + Printable.of(new String(part.payload, StandardCharsets.ISO_8859_1)))
                        .collect(Collectors.joining(", "));
    }
}
