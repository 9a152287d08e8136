package io.steadyline.port;

import io.steadyline.signal.CallFacts;
import java.nio.ByteBuffer;

/**
 * One call's page in the recorder: what outlives the worker, to the byte. Owned by the media loop. Every method is a few
 * stores to memory, never a system call and never a wait; nothing here throws for want of a disk.
 *
 * <p>What was set since the last {@link #commit} becomes true all at once with the next one, so that a death between two
 * stores leaves the state before. The two buffers are written directly, and mean something only within the offsets that
 * were committed.
 */
public interface CallSlot {

    /** Of {@link #rxRing}; a power of two. 25 media messages: what a peer sends in half a second. */
    int RING_BYTES = 8192;

    /** Of {@link #txMessage}: the longest message that the product itself writes is a mark of some 600 bytes. */
    int MESSAGE_BYTES = 2048;

    /** Number of the page; part of the name that its socket is held under. */
    int index();

    /** Bytes of the socket that are not handled yet: a ring, addressed by offset modulo its capacity. Direct. */
    ByteBuffer rxRing();

    /** The message that is being written, whole, from 0. Direct. */
    ByteBuffer txMessage();

    /**
     * Binds the page to a socket whose bytes are counted from here.
     *
     * @param rxBase bytes that the kernel has given to the process so far
     * @param txBase bytes that the process has given to the kernel so far
     */
    void bindSocket(long rxBase, long txBase);

    /** A call has started on this socket. False: the start message is longer than the page has room for. */
    boolean bindCall(CallFacts facts, int resumes, byte[] startMessage, int offset, int length);

    /** Messages are handled up to this offset. {@code partlyElsewhere}: the next one is being put together in the heap. */
    void rxHandled(long offset, boolean partlyElsewhere);

    /** One media message was taken; {@code chunk} by the peer's own counting, -1 when it does not count. */
    void frameIn(long chunk);

    /**
     * The message in {@link #txMessage} begins at this offset. Length 0: nothing is in hand; negative: it is too long for
     * the page and only in the heap.
     */
    void txInHand(long startOffset, int bytes, boolean frame);

    /** One frame was written. */
    void frameOut();

    /** How much waits where. Not part of the commit; becomes true with the next {@link #playout}. */
    void depths(int rxFrames, int sttFrames, int txFrames, int sendFrames);

    /** The pacer's clock and the marks, as of now. Not part of the commit. */
    void playout(long nextPlayoutNs, int marksOutstanding, long lastMarkNumber);

    /** What was set becomes true. */
    void commit();

    /** The call is over, or its socket is gone: the page is free, with nothing to go on with. */
    void release();
}
