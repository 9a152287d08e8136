package io.steadyline.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.simulator.Mutation.Kind;
import io.steadyline.simulator.Mutation.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes one mutation out of the good messages of a stream. Everything it does follows from its random numbers. */
final class Mutator {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final byte[] AUDIO = new byte[160];

    private final SplittableRandom random;
    private final String streamSid;
    private final ProviderMessages messages;
    private final byte[] start;

    Mutator(SplittableRandom random, String accountSid, String callSid, String streamSid) {
        this.random = random;
        this.streamSid = streamSid;
        messages = new ProviderMessages(accountSid, callSid, streamSid);
        start = messages.start(Tracks.INBOUND, Map.of("tenant", "acme"));
    }

    Mutation mutate(int number, Kind kind) {
        boolean needsFreshSocket = kind == Kind.WRONG_ORDER || kind == Kind.MEDIA_BEFORE_START;
        return new Mutation(number, kind, needsFreshSocket, parts(kind));
    }

    private List<Part> parts(Kind kind) {
        return switch (kind) {
            case BIT_FLIP -> text(bitsFlipped(anyMessage()));
            case TRUNCATED -> text(truncated(anyMessage()));
            case WRONG_TYPE -> text(withAnyField(this::otherType));
            case NUMBER_FOR_STRING -> text(numbersForStrings());
            case MISSING_FIELD -> text(withAnyField((object, field) -> object.remove(field)));
            case HUGE_FIELD -> text(withAnyField((object, field) -> object.put(field, longText(100_000))));
            case DEEP_NESTING -> text(deeplyNested());
            case DUPLICATE_KEY -> text(withDuplicateKey());
            case WRONG_ORDER -> wrongOrder();
            case MEDIA_BEFORE_START -> List.of(good(ProviderMessages.CONNECTED), good(media()), good(media()));
            case WRONG_STREAM_SID -> text(replaced(anyMessage(), streamSid, otherSid()));
            case UNKNOWN_EVENT -> text(withEvent(pick("hangup", "connect", "MEDIA", "", "media ", "__proto__")));
            case INVALID_BASE64 -> text(withPayload(pick("!!!!", "A", "AQID=AQID", "////\u00e9", "AQ==AQ==", " AQID")));
            case CONTROL_CHARACTERS -> text(withControlCharacters());
            case NOT_JSON -> text(pick("", "null", "[]", "\"media\"", "<event/>", "{]", "NaN", "{\"event\"}"));
            case INVALID_UTF8 -> text(invalidUtf8());
            case BINARY_MESSAGE -> List.of(new Part(BINARY, true, random.nextBoolean() ? media() : randomBytes(320)));
            case OVERSIZE_MESSAGE -> text(withPayload("A".repeat(4 * (250_000 + random.nextInt(250_000)))));
            case MANY_FRAGMENTS -> inFragmentsOfOneByte(media());
            case UNMASKED_FRAME -> List.of(new Part(TEXT, false, media()));
            case RESERVED_OPCODE -> List.of(new Part(0x83 + random.nextInt(5), true, media()));
            case RESERVED_BITS -> List.of(new Part(TEXT | (1 + random.nextInt(7)) << 4, true, media()));
            case FRAGMENTED_CONTROL ->
                List.of(new Part(0x09, true, new byte[] {'h'}), new Part(0x80, true, new byte[0]));
            case STRAY_CONTINUATION -> List.of(new Part(0x80, true, media()));
        };
    }

    private List<Part> wrongOrder() {
        byte[] connected = ProviderMessages.CONNECTED;
        return switch (random.nextInt(5)) {
            case 0 -> List.of(good(start), good(media()));
            case 1 -> List.of(good(start), good(connected), good(media()));
            case 2 -> List.of(good(connected), good(start), good(start), good(media()));
            case 3 -> List.of(good(connected), good(connected), good(start), good(media()));
            default -> List.of(good(connected), good(messages.stop()), good(start), good(media()));
        };
    }

    private byte[] anyMessage() {
        return switch (random.nextInt(6)) {
            case 0 -> start;
            case 1 -> messages.dtmf('5');
            case 2 -> messages.mark("greeting");
            case 3 -> messages.stop();
            default -> media();
        };
    }

    private byte[] media() {
        messages.media("inbound", 1, 20, AUDIO);
        return Arrays.copyOf(messages.mediaBytes(), messages.mediaLength());
    }

    private byte[] bitsFlipped(byte[] message) {
        byte[] flipped = message.clone();
        int flips = 1 + random.nextInt(8);
        for (int i = 0; i < flips; i++) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private byte[] truncated(byte[] message) {
        return Arrays.copyOf(message, random.nextInt(message.length));
    }

    /** A change to one field somewhere in one message. */
    private byte[] withAnyField(FieldChange change) {
        ObjectNode message = parse(anyMessage());
        List<ObjectNode> objects = new ArrayList<>();
        collectObjects(message, objects);
        ObjectNode object = objects.get(random.nextInt(objects.size()));
        List<String> fields = new ArrayList<>();
        object.fieldNames().forEachRemaining(fields::add);
        change.apply(object, fields.get(random.nextInt(fields.size())));
        return bytes(message.toString());
    }

    private static void collectObjects(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            objects.add(object);
        }
        node.forEach(child -> collectObjects(child, objects));
    }

    private void otherType(ObjectNode object, String field) {
        JsonNodeFactory nodes = JSON.getNodeFactory();
        JsonNode other = List.of(
                        nodes.nullNode(),
                        nodes.booleanNode(true),
                        nodes.numberNode(3.5),
                        nodes.numberNode(Long.MIN_VALUE),
                        nodes.textNode(""),
                        nodes.arrayNode().add("media").add(1),
                        nodes.objectNode().put("event", "media"))
                .get(random.nextInt(7));
        object.set(field, other);
    }

    private byte[] numbersForStrings() {
        ObjectNode message = parse(media());
        message.put("sequenceNumber", anyNumber());
        if (message.get("media") instanceof ObjectNode media) {
            media.put("chunk", anyNumber());
            media.put("timestamp", anyNumber());
        }
        return bytes(message.toString());
    }

    private long anyNumber() {
        return random.nextBoolean() ? random.nextInt(100) : random.nextLong();
    }

    private byte[] deeplyNested() {
        int depth = 100 + random.nextInt(20_000);
        String open = random.nextBoolean() ? "[" : "{\"a\":";
        String close = open.equals("[") ? "]" : "}";
        return bytes("{\"event\":\"media\",\"streamSid\":\"" + streamSid + "\",\"media\":" + open.repeat(depth) + "1"
                + close.repeat(depth) + "}");
    }

    private byte[] withDuplicateKey() {
        String extra = pick(
                "\"event\":\"stop\",",
                "\"streamSid\":\"MZother\",",
                "\"media\":{\"payload\":\"AQID\"},",
                "\"event\":1,");
        return bytes("{" + extra + new String(anyMessage(), StandardCharsets.UTF_8).substring(1));
    }

    private byte[] withEvent(String event) {
        ObjectNode message = parse(anyMessage());
        message.put("event", event);
        return bytes(message.toString());
    }

    private byte[] withPayload(String payload) {
        ObjectNode message = parse(media());
        if (message.get("media") instanceof ObjectNode media) {
            media.put("payload", payload);
        }
        return bytes(message.toString());
    }

    /** Bare in the text, which JSON forbids, or escaped, which it allows: then they are for the server's log to bear. */
    private byte[] withControlCharacters() {
        String control = pick("\n", "\r\nINFO forged line", "\u001b[31m", "\0", "\u2028", "\u0085");
        if (random.nextBoolean()) {
            return messages.mark("greeting" + control);
        }
        return replaced(messages.mark("greeting"), "greeting", "greet" + control + "ing");
    }

    private byte[] invalidUtf8() {
        byte[] message = messages.mark("greeting");
        byte[] sequence = List.of(new byte[] {(byte) 0xC3, '('}, new byte[] {(byte) 0xED, (byte) 0xA0}, new byte[] {
                    (byte) 0xFF, (byte) 0xFE
                })
                .get(random.nextInt(3));
        System.arraycopy(sequence, 0, message, message.length - 6, sequence.length);
        return message;
    }

    private static List<Part> inFragmentsOfOneByte(byte[] message) {
        List<Part> parts = new ArrayList<>(message.length);
        for (int i = 0; i < message.length; i++) {
            int opcode = i == 0 ? 0x01 : 0x00;
            int fin = i == message.length - 1 ? 0x80 : 0x00;
            parts.add(new Part(fin | opcode, true, new byte[] {message[i]}));
        }
        return parts;
    }

    private String otherSid() {
        return pick("", "MZ0", streamSid + "0", "MZ" + "f".repeat(32), "../../etc/passwd");
    }

    private String longText(int atLeast) {
        return "x".repeat(atLeast + random.nextInt(atLeast));
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static byte[] replaced(byte[] message, String what, String by) {
        return bytes(new String(message, StandardCharsets.UTF_8).replace(what, by));
    }

    private static List<Part> text(String message) {
        return text(bytes(message));
    }

    private static List<Part> text(byte[] message) {
        return List.of(good(message));
    }

    private static Part good(byte[] message) {
        return new Part(TEXT, true, message);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode parse(byte[] message) {
        try {
            return (ObjectNode) JSON.readTree(new String(message, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own message is no JSON", e);
        }
    }

    @FunctionalInterface
    private interface FieldChange {
        void apply(ObjectNode object, String field);
    }
}
