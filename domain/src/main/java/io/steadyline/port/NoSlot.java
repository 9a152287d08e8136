package io.steadyline.port;

import io.steadyline.signal.CallFacts;
import java.nio.ByteBuffer;

/** A page that keeps nothing: for a link without a recorder, and for tests. Its two buffers are its own. */
public final class NoSlot implements CallSlot {

    private final ByteBuffer rxRing = ByteBuffer.allocateDirect(RING_BYTES);
    private final ByteBuffer txMessage = ByteBuffer.allocateDirect(MESSAGE_BYTES);

    @Override
    public int index() {
        return -1;
    }

    @Override
    public ByteBuffer rxRing() {
        return rxRing;
    }

    @Override
    public ByteBuffer txMessage() {
        return txMessage;
    }

    @Override
    public void bindSocket(long rxBase, long txBase) {}

    @Override
    public boolean bindCall(CallFacts facts, int resumes, byte[] startMessage, int offset, int length) {
        return false;
    }

    @Override
    public void rxHandled(long offset, boolean partlyElsewhere) {}

    @Override
    public void frameIn(long chunk) {}

    @Override
    public void txInHand(long startOffset, int bytes, boolean frame) {}

    @Override
    public void frameOut() {}

    @Override
    public void depths(int rxFrames, int sttFrames, int txFrames, int sendFrames) {}

    @Override
    public void playout(long nextPlayoutNs, int marksOutstanding, long lastMarkNumber) {}

    @Override
    public void commit() {}

    @Override
    public void release() {}
}
