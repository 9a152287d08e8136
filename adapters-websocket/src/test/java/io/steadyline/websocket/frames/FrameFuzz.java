package io.steadyline.websocket.frames;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * What holds for any bytes that a peer may send. A fuzzer's entry ({@code benchmarks/run fuzz}); {@link FrameFuzzTest} plays its
 * seeds and some random input in each build.
 *
 * <ul>
 *   <li>What {@link FrameReader} finds is what the plain reading of the RFC finds, message for message and close code for close
 *       code, in one piece as in any pieces, in a large ring as in a small one, and also when another reader goes on in between
 *       where one may.
 *   <li>The only failures are violations with code 1002, 1007 or 1009 and a reason.
 *   <li>Nothing is read beyond what has come, and offsets only grow.
 *   <li>The heap that a message is put together in is never more than the limit, nor than twice what has come: a length
 *       that is announced costs nothing.
 *   <li>A message that is written has the shortest header and its payload unchanged.
 * </ul>
 */
public final class FrameFuzz {

    private static final VarHandle ASSEMBLED = assembled();

    private FrameFuzz() {}

    /** @param input see {@link FuzzInput} */
    public static void fuzzerTestOneInput(byte[] input) {
        FuzzInput of = FuzzInput.of(input);
        NaiveDecoder expected = new NaiveDecoder(of.stream(), of.maxMessageBytes()).decode();
        int fits = Math.max(256, Integer.highestOneBit(of.stream().length) << 1);
        compare("in one piece", expected, new RingFeed(fits, 0, of.maxMessageBytes()).feed(of.stream()));
        compare("in pieces", expected, inPieces(of, false));
        compare("in pieces for several readers", expected, inPieces(of, true));
        write(of);
    }

    private static RingFeed inPieces(FuzzInput of, boolean handsOver) {
        SplittableRandom random = new SplittableRandom(of.seed());
        long first = random.nextLong(1L << 40);
        int largest = 1 + random.nextInt(of.ringBytes());
        RingFeed feed = new RingFeed(of.ringBytes(), first, of.maxMessageBytes());
        long before = first;
        int at = 0;
        while (at < of.stream().length && feed.closeCode() == 0) {
            int bytes = Math.min(Math.min(1 + random.nextInt(largest), feed.space()), of.stream().length - at);
            claim(bytes > 0, "no room in the ring, and no frame either");
            feed.feed(of.stream(), at, bytes);
            at += bytes;
            long now = feed.reader().offset();
            claim(now >= before && now <= first + at, "offset: " + now + " after " + before + " of " + (first + at));
            before = now;
            int held = ((byte[]) ASSEMBLED.get(feed.reader())).length;
            claim(held <= of.maxMessageBytes() && held <= 2L * at, "heap: " + held + " bytes after " + at);
            if (handsOver && random.nextInt(3) == 0) {
                feed.handOver();
            }
        }
        return feed;
    }

    private static void compare(String how, NaiveDecoder expected, RingFeed feed) {
        int code = feed.closeCode();
        claim(feed.seen().equals(expected.seen()), how + ": " + feed.seen() + " (expected: " + expected.seen() + ")");
        claim(code == expected.closeCode(), how + ": " + code + " (expected: " + expected.closeCode() + ")");
        claim(code == 0 || code == 1002 || code == 1007 || code == 1009, how + ": code " + code);
        claim((code == 0) == feed.complaint().isEmpty(), how + ": reason '" + feed.complaint() + "' of " + code);
    }

    private static void write(FuzzInput of) {
        byte[] payload = of.stream();
        boolean isText = of.seed() % 2 == 0;
        int announced = payload.length + (int) (of.seed() & 0x7f);
        ByteBuffer out = ByteBuffer.allocate(FrameWriter.maxFrameBytes(announced));
        FrameWriter.begin(out, announced);
        out.put(payload);
        FrameWriter.end(out, announced, isText);
        byte[] length = Wire.length(payload.length);
        length[0] &= 0x7f;
        byte[] expected = Wire.join(Wire.bytes(isText ? 0x81 : 0x82), length, payload);
        claim(out.equals(ByteBuffer.wrap(expected)), "written: " + out + " (expected: " + expected.length + " bytes)");
    }

    private static void claim(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static VarHandle assembled() {
        try {
            return MethodHandles.privateLookupIn(FrameReader.class, MethodHandles.lookup())
                    .findVarHandle(FrameReader.class, "assembled", byte[].class);
        } catch (ReflectiveOperationException renamed) {
            throw new LinkageError("FrameReader.assembled (expected: where messages are put together)", renamed);
        }
    }
}
