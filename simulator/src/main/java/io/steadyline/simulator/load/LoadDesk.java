package io.steadyline.simulator.load;

import io.steadyline.simulator.Speech;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.concurrent.ThreadLocalRandom;

/** What all calls of a load use one after the other, so that a frame needs nothing of its own. One owner. */
final class LoadDesk implements AutoCloseable {

    private static final int READ_BYTES = 64 * 1024;

    /** A frame that was not whole in the read before, and the read. */
    private static final int WORK_BYTES = LoadSocket.LONGEST_FRAME_BYTES + 16 + READ_BYTES;

    private static final int FRAME_BYTES = 160;

    private final Selector selector;
    private final MaskedFrame frame =
            new MaskedFrame(ThreadLocalRandom.current().nextLong() | 1);
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
    private final byte[] work = new byte[WORK_BYTES];
    private final byte[] audio = new byte[FRAME_BYTES];
    private final PayloadFinder finder = new PayloadFinder();
    private final EchoTag tag;
    private final Speech speech;

    LoadDesk(boolean speaks) throws IOException {
        selector = Selector.open();
        tag = new EchoTag(speaks);
        speech = speaks ? Speech.voice() : Speech.silence();
    }

    Selector selector() {
        return selector;
    }

    MaskedFrame frame() {
        return frame;
    }

    /** Empty. */
    ByteBuffer in() {
        return in.clear();
    }

    byte[] work() {
        return work;
    }

    PayloadFinder finder() {
        return finder;
    }

    EchoTag tag() {
        return tag;
    }

    /** Audio of a frame, which may be written to; valid until the next call. */
    byte[] audio(long frameOfSpeech) {
        speech.copyTo(frameOfSpeech * FRAME_BYTES, audio);
        return audio;
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
