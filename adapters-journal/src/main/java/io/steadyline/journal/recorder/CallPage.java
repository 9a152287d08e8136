package io.steadyline.journal.recorder;

import io.steadyline.port.CallSlot;
import io.steadyline.signal.CallFacts;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One call's use of a page. Owned by the media loop; after {@link #release} it writes nothing any more, so that a late
 * word of one call cannot reach the page of the next.
 */
final class CallPage implements CallSlot {

    private final PageMemory memory;
    private final LongSupplier coarseMillis;
    private final Consumer<PageMemory> onRelease;
    private final long[] next = Twin.room(PageMemory.COMMIT_NUMBERS);
    private final long[] sample = Twin.room(PageMemory.SAMPLE_NUMBERS);
    private boolean callIsCommitted;
    private boolean released;

    /**
     * @param coarseMillis wall clock, as old as the last heartbeat
     * @param onRelease takes the page back
     */
    private CallPage(PageMemory memory, LongSupplier coarseMillis, Consumer<PageMemory> onRelease) {
        this.memory = memory;
        this.coarseMillis = coarseMillis;
        this.onRelease = onRelease;
        memory.rxRing().clear();
        memory.txMessage().clear();
    }

    /** For a new socket. */
    static CallPage fresh(PageMemory memory, LongSupplier coarseMillis, Consumer<PageMemory> onRelease) {
        CallPage page = new CallPage(memory, coarseMillis, onRelease);
        page.next[PageMemory.LAST_CHUNK] = -1;
        // Not counted, unless it is bound to a socket: then nobody can go on with it.
        page.next[PageMemory.RX_BASE] = -1;
        page.next[PageMemory.TX_BASE] = -1;
        memory.samples().write(page.sample);
        return page;
    }

    /** For a call that is gone on with. */
    static CallPage adopted(PageMemory memory, LongSupplier coarseMillis, Consumer<PageMemory> onRelease) {
        CallPage page = new CallPage(memory, coarseMillis, onRelease);
        memory.commits().read(page.next);
        memory.samples().read(page.sample);
        page.next[PageMemory.FRAMES_IN] = 0;
        page.next[PageMemory.FRAMES_OUT] = 0;
        page.commit();
        return page;
    }

    @Override
    public int index() {
        return memory.index();
    }

    @Override
    public ByteBuffer rxRing() {
        return memory.rxRing();
    }

    @Override
    public ByteBuffer txMessage() {
        return memory.txMessage();
    }

    @Override
    public void bindSocket(long rxBase, long txBase) {
        Arrays.fill(next, 0);
        next[PageMemory.KIND] = PageMemory.SOCKET;
        next[PageMemory.RX_BASE] = rxBase;
        next[PageMemory.TX_BASE] = txBase;
        next[PageMemory.LAST_CHUNK] = -1;
    }

    /** A start message without room costs only the going on: the call is on record all the same, with an empty one. */
    @Override
    public boolean bindCall(CallFacts facts, int resumes, byte[] startMessage, int offset, int length) {
        if (released || !Binding.fits(facts)) {
            return false;
        }
        unbind();
        boolean hasRoom = length <= Layout.START_BYTES;
        int kept = hasRoom ? length : 0;
        int checksum = memory.binding().write(facts, resumes, coarseMillis.getAsLong(), startMessage, offset, kept);
        next[PageMemory.KIND] = (long) checksum << 32 | PageMemory.CALL;
        return hasRoom;
    }

    @Override
    public void rxHandled(long offset, boolean partlyElsewhere) {
        next[PageMemory.RX_HANDLED] = offset;
        long inHand = next[PageMemory.IN_HAND];
        next[PageMemory.IN_HAND] =
                partlyElsewhere ? inHand | PageMemory.PARTLY_ELSEWHERE : inHand & ~PageMemory.PARTLY_ELSEWHERE;
    }

    @Override
    public void frameIn(long chunk) {
        next[PageMemory.FRAMES_IN]++;
        next[PageMemory.LAST_CHUNK] = chunk;
        next[PageMemory.LAST_MEDIA_MILLIS] = coarseMillis.getAsLong();
    }

    @Override
    public void txInHand(long startOffset, int bytes, boolean frame) {
        next[PageMemory.TX_START] = startOffset;
        long partly = next[PageMemory.IN_HAND] & PageMemory.PARTLY_ELSEWHERE;
        next[PageMemory.IN_HAND] = partly | (bytes & 0xffff_ffffL) | (frame ? PageMemory.IS_FRAME : 0);
    }

    @Override
    public void frameOut() {
        next[PageMemory.FRAMES_OUT]++;
    }

    @Override
    public void depths(int rxFrames, int sttFrames, int txFrames, int sendFrames) {
        sample[PageMemory.DEPTHS] =
                depth(rxFrames) | depth(sttFrames) << 16 | depth(txFrames) << 32 | depth(sendFrames) << 48;
    }

    @Override
    public void playout(long nextPlayoutNs, int marksOutstanding, long lastMarkNumber) {
        sample[PageMemory.NEXT_PLAYOUT] = nextPlayoutNs;
        sample[PageMemory.MARKS_OUTSTANDING] = marksOutstanding;
        sample[PageMemory.LAST_MARK] = lastMarkNumber;
        if (!released) {
            memory.samples().write(sample);
        }
    }

    @Override
    public void commit() {
        if (!released) {
            memory.commits().write(next);
            callIsCommitted = (int) next[PageMemory.KIND] == PageMemory.CALL;
        }
    }

    @Override
    public void release() {
        if (released) {
            return;
        }
        Arrays.fill(next, 0);
        memory.commits().write(next);
        released = true;
        onRelease.accept(memory);
    }

    /** The binding is about to be overwritten: a death in the middle of that must not find a call. */
    private void unbind() {
        if (callIsCommitted) {
            long[] last = Twin.room(PageMemory.COMMIT_NUMBERS);
            memory.commits().read(last);
            last[PageMemory.KIND] = PageMemory.SOCKET;
            memory.commits().write(last);
            callIsCommitted = false;
        }
    }

    private static long depth(int frames) {
        return Math.clamp(frames, 0, 0xffff);
    }
}
