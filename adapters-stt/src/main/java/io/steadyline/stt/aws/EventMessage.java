package io.steadyline.stt.aws;

import io.steadyline.stt.vendor.Dialect;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** One message of an event stream: named headers and a payload, with lengths and checksums. */
public final class EventMessage {

    /** Lengths, two checksums and no more. */
    private static final int MIN_BYTES = 16;

    private final Message message;

    private EventMessage(Message message) {
        this.message = message;
    }

    /** @param pcm empty: the end of the audio */
    public static byte[] ofAudio(byte[] pcm) {
        return bytes(
                Map.of(
                        ":message-type", "event",
                        ":event-type", "AudioEvent",
                        ":content-type", "application/octet-stream"),
                pcm);
    }

    public static byte[] ofEvent(String eventType, String json) {
        return bytes(
                Map.of(":message-type", "event", ":event-type", eventType, ":content-type", "application/json"),
                json.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] ofException(String exceptionType, String json) {
        return bytes(
                Map.of(
                        ":message-type", "exception",
                        ":exception-type", exceptionType,
                        ":content-type", "application/json"),
                json.getBytes(StandardCharsets.UTF_8));
    }

    public static EventMessage read(byte[] data) throws Dialect.Garbled {
        if (data.length < MIN_BYTES || ByteBuffer.wrap(data).getInt() != data.length) {
            throw new Dialect.Garbled(
                    "message of " + data.length + " bytes (expected: an event whose length says the same)");
        }
        try {
            return new EventMessage(Message.decode(ByteBuffer.wrap(data)));
        } catch (IllegalArgumentException
                | IllegalStateException
                | ArithmeticException
                | NegativeArraySizeException
                | BufferUnderflowException damaged) {
            throw new Dialect.Garbled("message of " + data.length + " bytes (expected: a whole event)", damaged);
        }
    }

    /** Empty when it is not there or not text. */
    public String header(String name) {
        HeaderValue value = message.getHeaders().get(name);
        if (value == null) {
            return "";
        }
        try {
            return value.getString();
        } catch (IllegalStateException notText) {
            // The library keeps the type of a header to itself; this is how it tells.
            return "";
        }
    }

    public byte[] payload() {
        return message.getPayload();
    }

    public String payloadText() {
        return new String(message.getPayload(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Map<String, String> headers, byte[] payload) {
        Map<String, HeaderValue> values = new HashMap<>();
        headers.forEach((name, value) -> values.put(name, HeaderValue.fromString(value)));
        ByteBuffer buffer = new Message(values, payload).toByteBuffer();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
