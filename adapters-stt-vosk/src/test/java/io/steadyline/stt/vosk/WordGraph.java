package io.steadyline.stt.vosk;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A decoding graph, written as OpenFst writes its vector type with standard arcs. State 0 begins, and may end. */
final class WordGraph {

    static final int START = 0;
    static final int NOTHING = 0;

    private static final int MAGIC = 2_125_659_606;
    private static final int VERSION = 2;
    private static final int STATE_BYTES = Float.BYTES + Long.BYTES;
    private static final int ARC_BYTES = 3 * Integer.BYTES + Float.BYTES;

    /** As far as OpenFst wants to be told: it may be changed, and all of it is in memory. */
    private static final long PROPERTIES = 3;

    private record Arc(int transition, int word, float cost, int to) {}

    private final List<List<Arc>> states = new ArrayList<>();

    WordGraph() {
        state();
    }

    int state() {
        states.add(new ArrayList<>());
        return states.size() - 1;
    }

    /** @param transition of the acoustic model, or {@link #NOTHING}; the same for the word */
    void arc(int from, int to, int transition, int word, float cost) {
        states.get(from).add(new Arc(transition, word, cost, to));
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header());
        for (int number = 0; number < states.size(); number++) {
            List<Arc> arcs = states.get(number);
            ByteBuffer state = buffer(STATE_BYTES + arcs.size() * ARC_BYTES);
            state.putFloat(number == START ? 0 : Float.POSITIVE_INFINITY).putLong(arcs.size());
            for (Arc arc : arcs) {
                state.putInt(arc.transition())
                        .putInt(arc.word())
                        .putFloat(arc.cost())
                        .putInt(arc.to());
            }
            out.writeBytes(content(state));
        }
        return out.toByteArray();
    }

    private byte[] header() {
        byte[] type = "vector".getBytes(StandardCharsets.US_ASCII);
        byte[] arc = "standard".getBytes(StandardCharsets.US_ASCII);
        long arcs = states.stream().mapToLong(List::size).sum();
        return content(buffer(5 * Integer.BYTES + type.length + arc.length + 4 * Long.BYTES)
                .putInt(MAGIC)
                .putInt(type.length)
                .put(type)
                .putInt(arc.length)
                .put(arc)
                .putInt(VERSION)
                .putInt(0)
                .putLong(PROPERTIES)
                .putLong(START)
                .putLong(states.size())
                .putLong(arcs));
    }

    private static byte[] content(ByteBuffer full) {
        byte[] bytes = new byte[full.flip().remaining()];
        full.get(bytes);
        return bytes;
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
