package io.steadyline.journal.recorder;

import io.steadyline.restart.SlotSnapshot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The memory of one call page, mapped or not, and what can be read from it. Made once for each page. */
final class PageMemory {

    /** What a page is good for; part of the commit. */
    static final int FREE = 0;

    static final int SOCKET = 1;
    static final int CALL = 2;

    /** Numbers of the commit. The first holds the kind, and the checksum of the binding that it is about in its upper half. */
    static final int KIND = 0;

    static final int RX_BASE = 1;
    static final int TX_BASE = 2;
    static final int RX_HANDLED = 3;
    static final int TX_START = 4;
    /** Length of the message in hand, and two flags. */
    static final int IN_HAND = 5;

    static final int FRAMES_IN = 6;
    static final int FRAMES_OUT = 7;
    static final int LAST_CHUNK = 8;
    static final int LAST_MEDIA_MILLIS = 9;
    static final int COMMIT_NUMBERS = 10;

    static final long IS_FRAME = 1L << 32;
    static final long PARTLY_ELSEWHERE = 1L << 33;

    /** Numbers of the samples, which are told as of now. */
    static final int DEPTHS = 0;

    static final int NEXT_PLAYOUT = 1;
    static final int MARKS_OUTSTANDING = 2;
    static final int LAST_MARK = 3;
    static final int SAMPLE_NUMBERS = 4;

    private static final int COMMIT_AT = 224;
    private static final int SAMPLES_AT = COMMIT_AT + 192;

    private final int index;
    private final ByteBuffer rxRing;
    private final ByteBuffer txMessage;
    private final Binding binding;
    private final Twin commits;
    private final Twin samples;

    /**
     * @param memory direct
     * @param cells the same memory as numbers, shared by its pages
     * @param at where in it the page begins
     */
    PageMemory(ByteBuffer memory, LongBuffer cells, int at, int index) {
        this.index = index;
        ByteBuffer page = memory.slice(at, Layout.PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        rxRing = page.slice(Layout.RX, Layout.RX_BYTES);
        txMessage = page.slice(Layout.TX, Layout.TX_BYTES);
        binding = new Binding(page);
        commits = new Twin(cells, at + COMMIT_AT, COMMIT_NUMBERS);
        samples = new Twin(cells, at + SAMPLES_AT, SAMPLE_NUMBERS);
    }

    static PageMemory plain(int index) {
        ByteBuffer memory = ByteBuffer.allocateDirect(Layout.PAGE_BYTES);
        return new PageMemory(memory, Twin.cellsOf(memory), 0, index);
    }

    int index() {
        return index;
    }

    ByteBuffer rxRing() {
        return rxRing;
    }

    ByteBuffer txMessage() {
        return txMessage;
    }

    Binding binding() {
        return binding;
    }

    Twin commits() {
        return commits;
    }

    Twin samples() {
        return samples;
    }

    /** Nothing is on record any more, not even that there was something. */
    void erase() {
        commits.erase();
        samples.erase();
    }

    /** The call that a dead boot left; null when there was none, or when the page is damaged, which is then told. */
    @Nullable
    SlotSnapshot read(List<String> damage) {
        long[] commit = new long[COMMIT_NUMBERS];
        long[] sample = new long[SAMPLE_NUMBERS];
        Twin.Found found = commits.read(commit);
        Twin.Found sampled = samples.read(sample);
        if (found == Twin.Found.DAMAGE) {
            damage.add("page " + index + ": the state of its call is damaged; a call in it is lost");
            return null;
        }
        if ((int) commit[KIND] != CALL) {
            if (sampled == Twin.Found.DAMAGE) {
                damage.add("page " + index + ": its samples are damaged; no call was in it");
            }
            return null;
        }
        Binding.Bound bound = binding.read((int) (commit[KIND] >>> 32));
        if (bound == null || sampled == Twin.Found.DAMAGE) {
            damage.add("page " + index + ": " + (bound == null ? "the start" : "the queues")
                    + " of its call cannot be read; the call is lost");
            return null;
        }
        return snapshot(bound, commit, sample);
    }

    private SlotSnapshot snapshot(Binding.Bound bound, long[] commit, long[] sample) {
        Instant startedAt = Instant.ofEpochMilli(bound.startedMillis());
        long lastMedia = commit[LAST_MEDIA_MILLIS];
        return new SlotSnapshot(
                index,
                bound.callId(),
                bound.streamId(),
                bound.dialect(),
                bound.listenOnly(),
                bound.startMessage(),
                startedAt,
                lastMedia == 0 ? startedAt : Instant.ofEpochMilli(lastMedia),
                bound.resumes(),
                commit[RX_BASE],
                commit[RX_HANDLED],
                (commit[IN_HAND] & PARTLY_ELSEWHERE) != 0,
                commit[TX_BASE],
                commit[TX_START],
                (int) commit[IN_HAND],
                (commit[IN_HAND] & IS_FRAME) != 0,
                commit[FRAMES_IN],
                commit[FRAMES_OUT],
                depth(sample, 0),
                depth(sample, 1),
                depth(sample, 2),
                depth(sample, 3),
                (int) sample[MARKS_OUTSTANDING],
                sample[NEXT_PLAYOUT],
                commit[LAST_CHUNK],
                sample[LAST_MARK]);
    }

    private static int depth(long[] sample, int queue) {
        return (int) (sample[DEPTHS] >>> (queue * Short.SIZE)) & 0xffff;
    }
}
