package io.steadyline.keeper;

import io.steadyline.keeper.KeeperMessage.Drop;
import io.steadyline.keeper.KeeperMessage.End;
import io.steadyline.keeper.KeeperMessage.Ended;
import io.steadyline.keeper.KeeperMessage.Give;
import io.steadyline.keeper.KeeperMessage.Hello;
import io.steadyline.keeper.KeeperMessage.Hold;
import io.steadyline.keeper.KeeperMessage.OtherVersion;
import io.steadyline.keeper.KeeperMessage.Prepare;
import io.steadyline.keeper.KeeperMessage.Prepared;
import io.steadyline.keeper.KeeperMessage.Ready;
import io.steadyline.keeper.KeeperMessage.Stopping;
import io.steadyline.keeper.KeeperMessage.Upgrade;
import io.steadyline.keeper.KeeperMessage.Welcome;
import io.steadyline.posix.ExitStatus;
import java.net.ProtocolException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The bytes of {@link KeeperMessage}. Each packet has {@value #PACKET_BYTES} bytes, big-endian: magic (4), version (2),
 * type (2), length of the name (2), length of the rest (2), name (200), rest (812); zero where nothing is.
 *
 * <p>A keeper outlives many workers, so that it may be older than the worker it speaks to. Whatever changes a byte of a
 * packet needs a new {@link #VERSION}; magic and version stay where they are for ever. Pure.
 */
public final class KeeperProtocol {

    public static final int VERSION = 1;
    public static final int PACKET_BYTES = 1024;
    public static final int MAX_NAME_BYTES = 200;
    /** Of the rest; bounds the path of a program file too. */
    public static final int MAX_EXTRA_BYTES = PACKET_BYTES - 12 - MAX_NAME_BYTES;

    private static final int MAGIC = 0x534C_4B50; // "SLKP"
    private static final int NAME_AT = 12;
    private static final int EXTRA_AT = NAME_AT + MAX_NAME_BYTES;

    private static final int HELLO = 1;
    private static final int HOLD = 2;
    private static final int DROP = 3;
    private static final int READY = 4;
    private static final int UPGRADE = 5;
    private static final int STOPPING = 6;
    private static final int PREPARE = 7;
    private static final int WELCOME = 65;
    private static final int ENDED = 66;
    private static final int GIVE = 67;
    private static final int END = 68;
    private static final int PREPARED = 69;

    private KeeperProtocol() {}

    /**
     * @throws IllegalArgumentException a name is empty or too long, or the path of a program file is too long;
     *     {@link OtherVersion} is never sent
     */
    public static byte[] encode(KeeperMessage message) {
        return switch (message) {
            case Hello(long pid) -> packet(HELLO, "", number(pid));
            case Hold(String name) -> packet(HOLD, named(name), new byte[0]);
            case Drop(String name) -> packet(DROP, named(name), new byte[0]);
            case Ready() -> packet(READY, "", new byte[0]);
            case Upgrade(String file) -> packet(UPGRADE, "", file.getBytes(StandardCharsets.UTF_8));
            case Prepare(String file) -> packet(PREPARE, "", file.getBytes(StandardCharsets.UTF_8));
            case Stopping() -> packet(STOPPING, "", new byte[0]);
            case Welcome(int generation, long pid) ->
                packet(
                        WELCOME,
                        "",
                        ByteBuffer.allocate(12).putInt(generation).putLong(pid).array());
            case Ended(Obituary obituary) -> packet(ENDED, "", bytes(obituary));
            case Give(String name) -> packet(GIVE, named(name), new byte[0]);
            case End(int count) -> packet(END, "", number(count));
            case Prepared(String whyNot) -> packet(PREPARED, "", shortened(whyNot));
            case OtherVersion other ->
                throw new IllegalArgumentException(
                        "version " + other.version() + " (expected: nobody speaks for another version)");
        };
    }

    public static KeeperMessage decode(byte[] bytes) throws ProtocolException {
        if (bytes.length != PACKET_BYTES) {
            throw new ProtocolException("keeper packet of " + bytes.length + " bytes (expected: " + PACKET_BYTES + ")");
        }
        ByteBuffer packet = ByteBuffer.wrap(bytes);
        int magic = packet.getInt();
        if (magic != MAGIC) {
            throw new ProtocolException("keeper packet begins with " + Integer.toHexString(magic) + " (expected: "
                    + Integer.toHexString(MAGIC) + ")");
        }
        int version = Short.toUnsignedInt(packet.getShort());
        if (version != VERSION) {
            return new OtherVersion(version);
        }
        int type = Short.toUnsignedInt(packet.getShort());
        int nameBytes = bounded(packet.getShort(), MAX_NAME_BYTES, "name");
        int extraBytes = bounded(packet.getShort(), MAX_EXTRA_BYTES, "rest");
        String name = text(packet.slice(NAME_AT, nameBytes));
        ByteBuffer extra = packet.slice(EXTRA_AT, extraBytes);
        try {
            return message(type, name, extra);
        } catch (BufferUnderflowException shortened) {
            throw new ProtocolException(
                    "keeper packet of type " + type + " has a rest of " + extraBytes + " bytes (expected: more)");
        }
    }

    private static KeeperMessage message(int type, String name, ByteBuffer extra) throws ProtocolException {
        return switch (type) {
            case HELLO -> new Hello(extra.getLong());
            case HOLD -> new Hold(notEmpty(name));
            case DROP -> new Drop(notEmpty(name));
            case READY -> new Ready();
            case UPGRADE -> new Upgrade(text(extra));
            case STOPPING -> new Stopping();
            case PREPARE -> new Prepare(text(extra));
            case WELCOME -> new Welcome(extra.getInt(), extra.getLong());
            case ENDED -> new Ended(obituary(extra));
            case GIVE -> new Give(notEmpty(name));
            case END -> new End((int) extra.getLong());
            case PREPARED -> new Prepared(text(extra));
            default ->
                throw new ProtocolException(
                        "keeper packet of type " + type + " (expected: one of version " + VERSION + ")");
        };
    }

    /** A sentence that is longer than there is room for loses its end. */
    private static byte[] shortened(String text) {
        String fitting = text;
        while (fitting.getBytes(StandardCharsets.UTF_8).length > MAX_EXTRA_BYTES) {
            fitting = fitting.substring(0, fitting.length() - 1);
        }
        return fitting.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packet(int type, String name, byte[] extra) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        if (nameBytes.length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException(
                    "socket name of " + nameBytes.length + " bytes (expected: at most " + MAX_NAME_BYTES + ")");
        }
        if (extra.length > MAX_EXTRA_BYTES) {
            throw new IllegalArgumentException(
                    "path of " + extra.length + " bytes (expected: at most " + MAX_EXTRA_BYTES + ")");
        }
        return ByteBuffer.allocate(PACKET_BYTES)
                .putInt(MAGIC)
                .putShort((short) VERSION)
                .putShort((short) type)
                .putShort((short) nameBytes.length)
                .putShort((short) extra.length)
                .put(NAME_AT, nameBytes)
                .put(EXTRA_AT, extra)
                .array();
    }

    private static byte[] bytes(Obituary of) {
        return ByteBuffer.allocate(81)
                .putInt(of.generation())
                .putLong(of.workerPid())
                .putInt(of.status().raw())
                .putLong(of.startedAt().toEpochMilli())
                .putLong(of.endedAt().toEpochMilli())
                .put(number(of.asked()))
                .putLong(of.askedAt().toEpochMilli())
                .putInt(of.stopSignal())
                .putShort((short) ((of.killedByKeeper() ? 1 : 0) | (of.wasReady() ? 2 : 0)))
                .putShort((short) 0)
                .putLong(of.oomKills())
                .putLong(of.memoryLimitBytes())
                .putLong(of.memoryUsageBytes())
                .putInt(of.restartsInWindow())
                .putInt(of.socketsHeld())
                .array();
    }

    private static Obituary obituary(ByteBuffer from) throws ProtocolException {
        int generation = from.getInt();
        long pid = from.getLong();
        ExitStatus status = new ExitStatus(from.getInt());
        Instant startedAt = Instant.ofEpochMilli(from.getLong());
        Instant endedAt = Instant.ofEpochMilli(from.getLong());
        Obituary.Asked asked = asked(from.get());
        Instant askedAt = Instant.ofEpochMilli(from.getLong());
        int stopSignal = from.getInt();
        int flags = from.getShort();
        from.getShort();
        return new Obituary(
                generation,
                pid,
                status,
                startedAt,
                endedAt,
                asked,
                askedAt,
                stopSignal,
                (flags & 1) != 0,
                (flags & 2) != 0,
                from.getLong(),
                from.getLong(),
                from.getLong(),
                from.getInt(),
                from.getInt());
    }

    private static byte number(Obituary.Asked asked) {
        return switch (asked) {
            case NO -> 0;
            case STOP -> 1;
            case UPGRADE -> 2;
        };
    }

    private static Obituary.Asked asked(byte number) throws ProtocolException {
        return switch (number) {
            case 0 -> Obituary.Asked.NO;
            case 1 -> Obituary.Asked.STOP;
            case 2 -> Obituary.Asked.UPGRADE;
            default -> throw new ProtocolException("asked: " + number + " (expected: 0 to 2)");
        };
    }

    private static String named(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("socket name is empty (expected: a name)");
        }
        return name;
    }

    private static String notEmpty(String name) throws ProtocolException {
        if (name.isEmpty()) {
            throw new ProtocolException("socket name is empty (expected: a name)");
        }
        return name;
    }

    private static int bounded(short length, int most, String what) throws ProtocolException {
        int bytes = Short.toUnsignedInt(length);
        if (bytes > most) {
            throw new ProtocolException(
                    "keeper packet with a " + what + " of " + bytes + " bytes (expected: at most " + most + ")");
        }
        return bytes;
    }

    private static String text(ByteBuffer bytes) throws ProtocolException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException broken) {
            throw new ProtocolException("keeper packet with broken text (expected: UTF-8)");
        }
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }
}
